using System.Globalization;
using System.Text;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>Reads one token inside of a tag.</summary>
internal static class TagToken
{
    // Longer ones first.
    private static readonly string[] Signs =
        ["//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<", "=", ".", ":", "|", ",", ";"];

    public static (TokenKind Kind, string Value, int Length) Read(string text, int at, Func<string, ChatTemplateException> fault)
    {
        char c = text[at];
        if (c is '\'' or '"')
        {
            return ReadString(text, at, fault);
        }
        if (char.IsAsciiDigit(c))
        {
            return ReadNumber(text, at);
        }
        if (c == '_' || char.IsLetter(c))
        {
            int end = at;
            while (end < text.Length && (text[end] == '_' || char.IsLetterOrDigit(text[end])))
            {
                end++;
            }
            return (TokenKind.Name, text[at..end], end - at);
        }
        string? sign = Array.Find(Signs, sign => string.CompareOrdinal(text, at, sign, 0, sign.Length) == 0);
        return sign is not null ? (TokenKind.Sign, sign, sign.Length) : throw fault($"unexpected character '{c}'");
    }

    private static (TokenKind Kind, string Value, int Length) ReadNumber(string text, int at)
    {
        int end = Digits(text, at);
        bool fraction = end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]);
        end = fraction ? Digits(text, end + 1) : end;
        int sign = end + 1 < text.Length && text[end] is 'e' or 'E' ? end + (text[end + 1] is '+' or '-' ? 2 : 1) : text.Length;
        bool exponent = sign < text.Length && char.IsAsciiDigit(text[sign]);
        end = exponent ? Digits(text, sign) : end;
        return (fraction || exponent ? TokenKind.Float : TokenKind.Integer, text[at..end].Replace("_", "", StringComparison.Ordinal), end - at);
    }

    private static int Digits(string text, int at)
    {
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || (text[at] == '_' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))))
        {
            at++;
        }
        return at;
    }

    // A string as Python reads it: an unknown escape stays as it is, backslash and all.
    private static (TokenKind Kind, string Value, int Length) ReadString(string text, int start, Func<string, ChatTemplateException> fault)
    {
        StringBuilder value = new();
        for (int at = start + 1; at < text.Length; at++)
        {
            if (text[at] == text[start])
            {
                return (TokenKind.Text, value.ToString(), at + 1 - start);
            }
            if (text[at] != '\\' || at + 1 == text.Length)
            {
                value.Append(text[at]);
                continue;
            }
            at++;
            int digits = text[at] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            if (digits > 0)
            {
                value.Append(Hexadecimal(text.AsSpan(Math.Min(at + 1, text.Length)), digits) ?? throw fault($"a wrong escape \\{text[at]}"));
                at += digits;
                continue;
            }
            value.Append(text[at] switch
            {
                'n' => "\n",
                't' => "\t",
                'r' => "\r",
                'a' => "\a",
                'b' => "\b",
                'f' => "\f",
                'v' => "\v",
                '\n' => "",
                '\\' or '\'' or '"' => $"{text[at]}",
                >= '0' and <= '7' => throw fault("an octal escape is not supported"),
                var other => $"\\{other}",
            });
        }
        throw fault("a string without its end");
    }

    private static string? Hexadecimal(ReadOnlySpan<char> text, int digits) =>
        text.Length >= digits && int.TryParse(text[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) && code is >= 0 and <= 0x10FFFF
            ? code is >= 0xD800 and <= 0xDFFF ? $"{(char)code}" : char.ConvertFromUtf32(code)
            : null;
}
