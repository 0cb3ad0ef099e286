namespace Cortex.Experiments.Config.Expressions;

/// <summary>Cuts a condition into words, numbers, quoted words and signs.</summary>
internal static class ExpressionTokens
{
    private static readonly string[] Signs = ["<=", ">=", "==", "!=", "&&", "||", "<", ">", "=", "!", "+", "-", "*", "/", "(", ")"];

    /// <returns>Null: a character that none of them begins with, or a quote without its end.</returns>
    public static IReadOnlyList<string>? Of(string text)
    {
        var tokens = new List<string>();
        int at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            int end = EndOfToken(text, at);
            if (end < 0)
            {
                return null;
            }
            tokens.Add(text[at..end]);
            at = end;
        }
        return tokens;
    }

    public static bool IsWord(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '.';

    private static int EndOfToken(string text, int at)
    {
        if (text[at] is '"' or '\'')
        {
            return text.IndexOf(text[at], at + 1) + 1 is var end and > 0 ? end : -1;
        }
        if (!IsWord(text[at]))
        {
            return Signs.FirstOrDefault(sign => string.CompareOrdinal(text, at, sign, 0, sign.Length) == 0) is { } found ? at + found.Length : -1;
        }
        int last = at + 1;
        while (last < text.Length && Continues(text, at, last))
        {
            last++;
        }
        return last;
    }

    /// <summary>Words may have hyphens within, as policies have: subtraction takes blanks. A number may end in %, and have a signed exponent.</summary>
    private static bool Continues(string text, int first, int at)
    {
        bool number = char.IsAsciiDigit(text[first]) || text[first] == '.';
        return IsWord(text[at])
            || (text[at] == '%' && number)
            || (text[at] == '-' && !number && at + 1 < text.Length && char.IsLetter(text[at + 1]))
            || (text[at] is '-' or '+' && number && text[at - 1] is 'e' or 'E' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]));
    }
}
