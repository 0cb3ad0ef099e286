namespace Cortex.Runtime.ChatTemplates;

/// <summary>Methods of Python's str.</summary>
internal static class StringMethods
{
    /// <summary>A method of a string; null if there is none of that name.</summary>
    public static Function? Find(string text, string name)
    {
        Func<Arguments, object?>? call = name switch
        {
            "strip" => arguments => Strip(text, arguments, left: true, right: true),
            "lstrip" => arguments => Strip(text, arguments, left: true, right: false),
            "rstrip" => arguments => Strip(text, arguments, left: false, right: true),
            "startswith" => arguments => Any(name, arguments, part => text.StartsWith(part, StringComparison.Ordinal)),
            "endswith" => arguments => Any(name, arguments, part => text.EndsWith(part, StringComparison.Ordinal)),
            "split" => arguments => StringSplitting.Split(text, arguments, fromRight: false),
            "rsplit" => arguments => StringSplitting.Split(text, arguments, fromRight: true),
            "splitlines" => arguments => StringSplitting.Lines(text, arguments),
            "partition" => arguments => StringSplitting.Partition(text, Only(arguments), last: false),
            "rpartition" => arguments => StringSplitting.Partition(text, Only(arguments), last: true),
            "replace" => arguments => arguments.Bind(["old", "new", "count"], -1L) is var given
                ? Replace(text, Text(given[0]), Text(given[1]), Numbers.ToIndex(given[2])) : null,
            "upper" => None(text.ToUpperInvariant),
            "lower" => None(text.ToLowerInvariant),
            "capitalize" => None(() => Capitalize(text)),
            "title" => None(() => Title(text)),
            "isdigit" => None(() => text.Length > 0 && text.All(char.IsDigit)),
            "isalpha" => None(() => text.Length > 0 && text.All(char.IsLetter)),
            "isalnum" => None(() => text.Length > 0 && text.All(char.IsLetterOrDigit)),
            "isspace" => None(() => text.Length > 0 && text.All(Characters.IsSpace)),
            "isupper" => None(() => IsUpper(text)),
            "islower" => None(() => IsLower(text)),
            "find" => arguments => Place(text, text.IndexOf(Only(arguments), StringComparison.Ordinal)),
            "rfind" => arguments => Place(text, text.LastIndexOf(Only(arguments), StringComparison.Ordinal)),
            "count" => arguments => Only(arguments) is { Length: > 0 } part ? (long)text.Split(part).Length - 1 : Characters.Count(text) + 1L,
            "join" => arguments => string.Join(text, Operations.Items(arguments.Bind(["iterable"])[0]).Select(Text)),
            "removeprefix" => arguments => Only(arguments) is var part && text.StartsWith(part, StringComparison.Ordinal) ? text[part.Length..] : text,
            "removesuffix" => arguments => Only(arguments) is var part && text.EndsWith(part, StringComparison.Ordinal) ? text[..^part.Length] : text,
            _ => null,
        };
        return call is null ? null : new Function($"str.{name}", call);
    }

    public static string Capitalize(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();

    public static bool IsLower(string text) => text.Any(char.IsLower) && !text.Any(char.IsUpper);

    public static bool IsUpper(string text) => text.Any(char.IsUpper) && !text.Any(char.IsLower);

    /// <summary>Replaces a part from the left.</summary>
    /// <param name="count">How often at most; below 0 everywhere.</param>
    public static string Replace(string text, string old, string with, int count)
    {
        if (old.Length == 0)
        {
            throw new TemplateFault("a replacement of the empty string is not supported");
        }
        if (count < 0)
        {
            return text.Replace(old, with, StringComparison.Ordinal);
        }
        string[] parts = text.Split(old, count + 1);
        return string.Join(with, parts);
    }

    /// <summary>A string among the arguments.</summary>
    public static string Text(object? value) =>
        value as string ?? throw new TemplateFault((value as Undefined)?.Message ?? $"expected str, not {PythonType.NameOf(value)}");

    private static string Only(Arguments arguments) => Text(arguments.Bind(["text"])[0]);

    private static Func<Arguments, object?> None(Func<object?> call) => arguments =>
    {
        arguments.None();
        return call();
    };

    private static string Strip(string text, Arguments arguments, bool left, bool right)
    {
        object? characters = arguments.Bind(["chars"], (object?)null)[0];
        return Characters.Strip(text, characters is null ? null : Text(characters), left, right);
    }

    // One string or a tuple of them.
    private static bool Any(string name, Arguments arguments, Func<string, bool> holds) => arguments.Bind(["prefix"])[0] switch
    {
        string one => holds(one),
        object?[] several => several.Any(one => holds(Text(one))),
        var other => throw new TemplateFault($"{name} first arg must be str or a tuple of str, not {PythonType.NameOf(other)}"),
    };

    private static string Title(string text)
    {
        char[] letters = text.ToCharArray();
        for (int i = 0; i < letters.Length; i++)
        {
            letters[i] = i > 0 && char.IsLetter(letters[i - 1]) ? char.ToLowerInvariant(letters[i]) : char.ToUpperInvariant(letters[i]);
        }
        return new string(letters);
    }

    private static long Place(string text, int at) => at < 0 ? -1 : Characters.Count(text[..at]);
}
