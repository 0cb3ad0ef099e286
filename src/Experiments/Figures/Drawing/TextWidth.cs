namespace Cortex.Experiments.Figures.Drawing;

/// <summary>
/// How wide a text is, on the safe side: widths of DejaVu Sans, wider than Helvetica and Arial, which stands in for them where they are missing.
/// </summary>
internal static class TextWidth
{
    /// <returns>In the unit of <paramref name="size"/>.</returns>
    public static double Of(string text, double size)
    {
        double em = 0;
        foreach (char letter in text)
        {
            em += letter switch
            {
                'i' or 'j' or 'l' or '\'' => 0.28,
                ' ' or '.' or ',' => 0.32,
                '|' or ':' or ';' or '-' or 'f' or 't' or 'r' or '(' or ')' or '/' or 'I' or '[' or ']' => 0.42,
                'm' or 'M' or 'W' or '%' or '@' or '—' or '→' => 0.98,
                'w' or '+' or '=' or '<' or '>' or '×' or '≈' => 0.84,
                >= 'A' and <= 'Z' => 0.72,
                _ => 0.64,
            };
        }
        return em * size;
    }

    /// <summary>The text, or as much of its beginning as fits, with an ellipsis.</summary>
    public static string Fit(string text, double size, double width)
    {
        if (Of(text, size) <= width)
        {
            return text;
        }
        int kept = text.Length - 1;
        while (kept > 1 && Of(text[..kept] + "…", size) > width)
        {
            kept--;
        }
        return text[..kept].TrimEnd() + "…";
    }

    /// <summary>The text in lines that fit, broken between words.</summary>
    public static List<string> Wrap(string text, double size, double width)
    {
        var lines = new List<string>();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && Of($"{lines[^1]} {word}", size) <= width)
            {
                lines[^1] += $" {word}";
            }
            else
            {
                lines.Add(Fit(word, size, width));
            }
        }
        return lines;
    }
}
