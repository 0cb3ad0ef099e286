using System.Text;
using Cortex.Runtime.Tokenizers;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>Strings as Python counts them: by code points, not by UTF-16 units.</summary>
internal static class Characters
{
    public static int Count(string text)
    {
        int pairs = 0;
        for (int i = 1; i < text.Length; i++)
        {
            pairs += char.IsSurrogatePair(text[i - 1], text[i]) ? 1 : 0;
        }
        return text.Length - pairs;
    }

    public static List<object?> Each(string text)
    {
        List<object?> characters = new(text.Length);
        for (int at = 0; at < text.Length;)
        {
            int length = at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
            characters.Add(text.Substring(at, length));
            at += length;
        }
        return characters;
    }

    /// <summary>Python's white space: Unicode's, and the separators U+001C to U+001F.</summary>
    public static bool IsSpace(char c) => c is >= '\x1C' and <= '\x1F' || CharSet.WhiteSpace.Contains(c);

    /// <summary>As <c>strip</c>, <c>lstrip</c>, <c>rstrip</c>.</summary>
    /// <param name="characters">Which to take away; null for white space.</param>
    public static string Strip(string text, string? characters, bool left, bool right)
    {
        int start = 0, end = text.Length;
        if (characters is null)
        {
            while (left && start < end && IsSpace(text[start]))
            {
                start++;
            }
            while (right && end > start && IsSpace(text[end - 1]))
            {
                end--;
            }
            return text[start..end];
        }
        HashSet<Rune> set = [.. characters.EnumerateRunes()];
        while (left && start < end && Rune.DecodeFromUtf16(text.AsSpan(start, end - start), out Rune first, out int length) == 0 && set.Contains(first))
        {
            start += length;
        }
        while (right && end > start && Rune.DecodeLastFromUtf16(text.AsSpan(start, end - start), out Rune last, out int length) == 0 && set.Contains(last))
        {
            end -= length;
        }
        return text[start..end];
    }
}
