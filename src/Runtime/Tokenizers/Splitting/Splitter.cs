namespace Cortex.Runtime.Tokenizers;

/// <summary>One rule by which a text is cut into pieces, which merges then never cross.</summary>
internal abstract class Splitter
{
    /// <summary>Where the piece that starts at a place ends: beyond that place.</summary>
    /// <param name="text">Well-formed UTF-16, of which <paramref name="start"/> is not the end.</param>
    /// <param name="kept">Whether the piece stays in the text.</param>
    public abstract int EndOf(ReadOnlySpan<char> text, int start, out bool kept);
}

/// <summary>Pieces are the matches of a pattern, and what lies between them.</summary>
internal sealed class PatternSplitter(PatternNode pattern, bool keepsMatches, bool keepsRest) : Splitter
{
    /// <summary>The split of GPT-2, which <c>ByteLevel</c> pre-tokenizers do.</summary>
    public const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public override int EndOf(ReadOnlySpan<char> text, int start, out bool kept)
    {
        int end = pattern.Match(text, start);
        kept = end > start ? keepsMatches : keepsRest;
        if (end > start)
        {
            return end;
        }
        end = start;
        do
        {
            end += CodePoint.Length(CodePoint.At(text, end));
        }
        while (end < text.Length && pattern.Match(text, end) <= end);
        return end;
    }
}

/// <summary>Pieces are numeric characters of any script, each alone or in runs, and what lies between them.</summary>
internal sealed class DigitsSplitter(bool individual) : Splitter
{
    public override int EndOf(ReadOnlySpan<char> text, int start, out bool kept)
    {
        kept = true;
        int c = CodePoint.At(text, start);
        bool numeric = CharSet.Numeric.Contains(c);
        int end = start + CodePoint.Length(c);
        while (end < text.Length && !(numeric && individual))
        {
            c = CodePoint.At(text, end);
            if (CharSet.Numeric.Contains(c) != numeric)
            {
                break;
            }
            end += CodePoint.Length(c);
        }
        return end;
    }
}
