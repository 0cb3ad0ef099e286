using System.Runtime.CompilerServices;

namespace Cortex.Runtime.Tokenizers;

/// <summary>Code points of well-formed UTF-16.</summary>
internal static class CodePoint
{
    /// <summary>The code point that starts at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int At(ReadOnlySpan<char> text, int at)
    {
        char c = text[at];
        return char.IsHighSurrogate(c) ? char.ConvertToUtf32(c, text[at + 1]) : c;
    }

    /// <summary>The code point that ends before a place.</summary>
    public static int Before(ReadOnlySpan<char> text, int at)
    {
        char c = text[at - 1];
        return char.IsLowSurrogate(c) ? char.ConvertToUtf32(text[at - 2], c) : c;
    }

    /// <summary>How many UTF-16 units a code point takes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Length(int codePoint) => codePoint > 0xFFFF ? 2 : 1;

    /// <summary>The text with each unpaired surrogate replaced by U+FFFD, as UTF-8 has no other form for it; the text itself if there is none.</summary>
    public static ReadOnlySpan<char> WellFormed(ReadOnlySpan<char> text)
    {
        char[]? copy = null;
        for (int at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
            {
                continue;
            }
            if (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]))
            {
                at++;
                continue;
            }
            copy ??= text.ToArray();
            copy[at] = '\uFFFD';
        }
        return copy ?? text;
    }
}
