namespace Cortex.Runtime.Tokenizers;

/// <summary>One part of a compiled pattern, which knows what follows it.</summary>
internal abstract class PatternNode
{
    /// <summary>Where a match that starts here ends, all that follows included; -1 if there is none.</summary>
    public abstract int Match(ReadOnlySpan<char> text, int at);
}

/// <summary>The end of a pattern.</summary>
internal sealed class AcceptNode : PatternNode
{
    public override int Match(ReadOnlySpan<char> text, int at) => at;
}

/// <summary>One character of a set.</summary>
internal sealed class OneNode(CharSet set, PatternNode next) : PatternNode
{
    public override int Match(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length)
        {
            return -1;
        }
        int c = CodePoint.At(text, at);
        return set.Contains(c) ? next.Match(text, at + CodePoint.Length(c)) : -1;
    }
}

/// <summary>Characters of a set, as many as there are, fewer if what follows then matches; or, possessive, never fewer.</summary>
internal sealed class ManyNode(CharSet set, int least, int most, bool possessive, PatternNode next) : PatternNode
{
    public override int Match(ReadOnlySpan<char> text, int at)
    {
        int count = 0, end = at;
        while (end < text.Length && count < most)
        {
            int c = CodePoint.At(text, end);
            if (!set.Contains(c))
            {
                break;
            }
            end += CodePoint.Length(c);
            count++;
        }
        for (; count >= least; count--)
        {
            int found = next.Match(text, end);
            if (found >= 0 || possessive || count == 0)
            {
                return found;
            }
            end -= CodePoint.Length(CodePoint.Before(text, end));
        }
        return -1;
    }
}

/// <summary>The first branch that leads to a match. Each branch goes on to what follows.</summary>
internal sealed class EitherNode(PatternNode[] branches) : PatternNode
{
    public override int Match(ReadOnlySpan<char> text, int at)
    {
        foreach (PatternNode branch in branches)
        {
            if (branch.Match(text, at) is >= 0 and int end)
            {
                return end;
            }
        }
        return -1;
    }
}

/// <summary>Goes on where a pattern does, or does not, match from here on, without taking it.</summary>
internal sealed class AheadNode(PatternNode pattern, bool wanted, PatternNode next) : PatternNode
{
    public override int Match(ReadOnlySpan<char> text, int at) => pattern.Match(text, at) >= 0 == wanted ? next.Match(text, at) : -1;
}

/// <summary>The end of a line or of the text.</summary>
internal sealed class LineEndNode(PatternNode next) : PatternNode
{
    public override int Match(ReadOnlySpan<char> text, int at) => at == text.Length || text[at] == '\n' ? next.Match(text, at) : -1;
}
