using System.Text;

namespace Cortex.Runtime.Models;

/// <summary>Text from a file, made fit to stand in a message of one line.</summary>
internal static class Shown
{
    private const int Longest = 80;

    /// <summary>In quotes, control characters and lone surrogates as <c>\uXXXX</c>, the end of a long text left out.</summary>
    public static string Quoted(string text)
    {
        StringBuilder line = new("\"");
        Append(line, text.AsSpan(0, Math.Min(text.Length, Longest)));
        return line.Append(text.Length > Longest ? "…\"" : "\"").ToString();
    }

    /// <summary>A library's message, which may hold parts of a file: characters as above, the middle of a long one left out, since its end tells the place.</summary>
    public static string Plain(string message)
    {
        StringBuilder line = new();
        if (message.Length <= 4 * Longest)
        {
            Append(line, message);
            return line.ToString();
        }
        Append(line, message.AsSpan(0, Longest));
        line.Append('…');
        Append(line, message.AsSpan(message.Length - (2 * Longest)));
        return line.ToString();
    }

    private static void Append(StringBuilder line, ReadOnlySpan<char> text)
    {
        foreach (char letter in text)
        {
            _ = char.IsControl(letter) || char.IsSurrogate(letter) || letter is '\u2028' or '\u2029'
                ? line.Append($"\\u{(int)letter:x4}")
                : line.Append(letter);
        }
    }
}
