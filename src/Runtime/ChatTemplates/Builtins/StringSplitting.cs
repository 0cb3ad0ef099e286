namespace Cortex.Runtime.ChatTemplates;

/// <summary>How Python takes strings apart.</summary>
internal static class StringSplitting
{
    /// <summary>At a separator, or at white space without empty parts; at most so many times, from either side.</summary>
    public static List<object?> Split(string text, Arguments arguments, bool fromRight)
    {
        object?[] given = arguments.Bind(["sep", "maxsplit"], null, -1L);
        int most = Numbers.ToIndex(given[1]) is >= 0 and int limit ? limit : int.MaxValue;
        if (given[0] is null)
        {
            return AtSpace(text, most, fromRight);
        }
        string separator = StringMethods.Text(given[0]);
        if (separator.Length == 0)
        {
            throw new TemplateFault("empty separator");
        }
        string[] parts = text.Split(separator);
        if (parts.Length - 1 <= most)
        {
            return [.. parts];
        }
        int kept = parts.Length - 1 - most;   // separators that stay
        return fromRight
            ? [string.Join(separator, parts[..(kept + 1)]), .. parts[(kept + 1)..]]
            : [.. parts[..most], string.Join(separator, parts[most..])];
    }

    public static List<object?> Lines(string text, Arguments arguments)
    {
        bool keep = Operations.IsTrue(arguments.Bind(["keepends"], false)[0]);
        List<object?> lines = [];
        for (int start = 0; start < text.Length;)
        {
            int end = start;
            while (end < text.Length && !IsBreak(text[end]))
            {
                end++;
            }
            int next = end == text.Length ? end : text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? end + 2 : end + 1;
            lines.Add(text[start..(keep ? next : end)]);
            start = next;
        }
        return lines;
    }

    public static object?[] Partition(string text, string separator, bool last)
    {
        if (separator.Length == 0)
        {
            throw new TemplateFault("empty separator");
        }
        int at = last ? text.LastIndexOf(separator, StringComparison.Ordinal) : text.IndexOf(separator, StringComparison.Ordinal);
        return at >= 0 ? [text[..at], separator, text[(at + separator.Length)..]] : last ? ["", "", text] : [text, "", ""];
    }

    private static List<object?> AtSpace(string text, int most, bool fromRight)
    {
        List<object?> parts = [];
        string rest = Characters.Strip(text, null, left: !fromRight, right: fromRight);
        while (rest.Length > 0)
        {
            int cut = parts.Count == most ? -1 : fromRight ? LastSpace(rest) : FirstSpace(rest);
            if (cut < 0)
            {
                parts.Add(rest);   // stripped on the side it is taken from; on the other, it keeps its space as Python does
                break;
            }
            parts.Add(fromRight ? rest[(cut + 1)..] : rest[..cut]);
            rest = Characters.Strip(fromRight ? rest[..cut] : rest[cut..], null, left: !fromRight, right: fromRight);
        }
        if (fromRight)
        {
            parts.Reverse();
        }
        return parts;
    }

    private static int FirstSpace(string text)
    {
        int at = 0;
        while (at < text.Length && !Characters.IsSpace(text[at]))
        {
            at++;
        }
        return at < text.Length ? at : -1;
    }

    private static int LastSpace(string text)
    {
        int at = text.Length - 1;
        while (at >= 0 && !Characters.IsSpace(text[at]))
        {
            at--;
        }
        return at;
    }

    private static bool IsBreak(char c) => c is '\n' or '\r' or '\v' or '\f' or '\x1C' or '\x1D' or '\x1E' or '\x85' or '\u2028' or '\u2029';
}
