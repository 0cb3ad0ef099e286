using System.Text;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>Filters that make text.</summary>
internal static class TextFilters
{
    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter>(StringComparer.Ordinal)
    {
        ["trim"] = (value, arguments) =>
            Characters.Strip(PythonText.Str(value), arguments.Bind(["chars"], (object?)null)[0] as string, left: true, right: true),
        ["upper"] = Of(text => text.ToUpperInvariant()),
        ["lower"] = Of(text => text.ToLowerInvariant()),
        ["capitalize"] = Of(StringMethods.Capitalize),
        ["title"] = Of(Title),
        ["string"] = Of(text => text),
        ["safe"] = Of(text => text),
        ["escape"] = Of(Escape),
        ["e"] = Of(Escape),
        ["replace"] = Replace,
        ["indent"] = Indent,
        ["tojson"] = ToJson,
    };

    private static Filter Of(Func<string, string> change) => (value, arguments) =>
    {
        arguments.None();
        return change(PythonText.Str(value));
    };

    private static string Replace(object? value, Arguments arguments)
    {
        object?[] given = arguments.Bind(["old", "new", "count"], (object?)null);
        return StringMethods.Replace(PythonText.Str(value), PythonText.Str(given[0]), PythonText.Str(given[1]), given[2] is null ? -1 : Numbers.ToIndex(given[2]));
    }

    private static string Title(string text)
    {
        StringBuilder title = new(text.Length);
        bool starts = true;
        foreach (char c in text)
        {
            title.Append(starts ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c));
            starts = Characters.IsSpace(c) || c is '-' or '(' or '{' or '[' or '<';
        }
        return title.ToString();
    }

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal).Replace("\"", "&#34;", StringComparison.Ordinal);

    private static string Indent(object? value, Arguments arguments)
    {
        object?[] given = arguments.Bind(["width", "first", "blank"], 4L, false, false);
        string space = given[0] as string ?? new string(' ', Math.Clamp(Numbers.ToIndex(given[0]), 0, 1000));
        bool blank = Operations.IsTrue(given[2]);
        string[] lines = PythonText.Str(value).Split('\n');
        for (int i = Operations.IsTrue(given[1]) ? 0 : 1; i < lines.Length; i++)
        {
            lines[i] = lines[i].Length > 0 || blank ? space + lines[i] : lines[i];
        }
        return string.Join('\n', lines);
    }

    // As transformers sets it: nothing is escaped for HTML, and beyond ASCII only on request.
    private static string ToJson(object? value, Arguments arguments)
    {
        object?[] given = arguments.Bind(["ensure_ascii", "indent", "separators", "sort_keys"], false, null, null, false);
        int? indent = given[1] is null ? null : Math.Clamp(Numbers.ToIndex(given[1]), 0, 1000);
        (string item, string key) = given[2] switch
        {
            null => (indent is null ? ", " : ",", ": "),
            IReadOnlyList<object?> pair when pair.Count == 2 => (PythonText.Str(pair[0]), PythonText.Str(pair[1])),
            _ => throw new TemplateFault("tojson's separators must be two strings"),
        };
        return Json.Write(value, Operations.IsTrue(given[0]), indent, item, key, Operations.IsTrue(given[3]));
    }
}
