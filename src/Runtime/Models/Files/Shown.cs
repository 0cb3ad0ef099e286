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
        foreach (char letter in text.AsSpan(0, Math.Min(text.Length, Longest)))
        {
            _ = char.IsControl(letter) || char.IsSurrogate(letter) || letter is '\u2028' or '\u2029'
                ? line.Append($"\\u{(int)letter:x4}")
                : line.Append(letter);
        }
        return line.Append(text.Length > Longest ? "…\"" : "\"").ToString();
    }
}
