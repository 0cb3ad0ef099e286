using Cortex.Policies;

namespace Cortex.Serving.Kv;

/// <summary>The tokens that a <see cref="KeyNode"/> stands for, as segments of which no two neighbours continue each other.</summary>
internal struct TokenLabel
{
    private const int LeastRoom = 4;

    private Segment[] pieces;
    private int count;

    public void Clear() => count = 0;

    /// <summary>Appends the next <paramref name="tokens"/> tokens of <paramref name="source"/> and moves it behind them.</summary>
    public void Append(ref TokenCursor source, int tokens)
    {
        while (tokens > 0)
        {
            Segment current = source.Current;
            int length = Math.Min(tokens, current.Length);
            Add(new(current.Stream, current.Offset, length));
            source.Advance(length);
            tokens -= length;
        }
    }

    /// <summary>Cuts the label behind its first <paramref name="tokens"/> tokens and returns what followed.</summary>
    /// <param name="spare">A label that nobody uses any more, whose room is used.</param>
    public TokenLabel Split(int tokens, TokenLabel spare)
    {
        int piece = 0;
        while (tokens >= pieces[piece].Length)
        {
            tokens -= pieces[piece++].Length;
            if (tokens == 0)
            {
                break;
            }
        }
        TokenLabel rest = spare;
        rest.count = count - piece;
        if (rest.pieces is null || rest.pieces.Length < rest.count)
        {
            rest.pieces = new Segment[Math.Max(LeastRoom, rest.count)];
        }
        Array.Copy(pieces, piece, rest.pieces, 0, rest.count);
        count = piece;
        if (tokens > 0)
        {
            Segment cut = pieces[piece];
            pieces[count++] = cut with { Length = tokens };
            rest.pieces[0] = new(cut.Stream, cut.Offset + tokens, cut.Length - tokens);
        }
        return rest;
    }

    /// <summary>Drops the last <paramref name="tokens"/> tokens.</summary>
    public void Trim(int tokens)
    {
        while (count > 0 && tokens >= pieces[count - 1].Length)
        {
            tokens -= pieces[--count].Length;
        }
        if (tokens > 0)
        {
            pieces[count - 1] = pieces[count - 1] with { Length = pieces[count - 1].Length - tokens };
        }
    }

    /// <summary>How many leading tokens of the label equal those at <paramref name="at"/>, counted to at most <paramref name="limit"/>.</summary>
    public readonly int Match(TokenCursor at, int limit)
    {
        int matched = 0;
        for (int piece = 0; piece < count && matched < limit; piece++)
        {
            Segment mine = pieces[piece];
            while (mine.Length > 0 && matched < limit)
            {
                Segment theirs = at.Current;
                if (theirs.Stream != mine.Stream || theirs.Offset != mine.Offset)
                {
                    return matched;
                }
                int length = Math.Min(Math.Min(mine.Length, theirs.Length), limit - matched);
                matched += length;
                at.Advance(length);
                mine = new(mine.Stream, mine.Offset + length, mine.Length - length);
            }
        }
        return matched;
    }

    /// <summary>As <see cref="TokenCursor.Hash"/>, of the label's first <paramref name="tokens"/> tokens.</summary>
    public readonly ulong Hash(int tokens)
    {
        ulong hash = 0;
        for (int piece = 0; tokens > 0; piece++)
        {
            Segment current = pieces[piece];
            int length = Math.Min(tokens, current.Length);
            hash = Mix(hash, current with { Length = length });
            tokens -= length;
        }
        return hash;
    }

    public static ulong Mix(ulong hash, Segment piece)
    {
        hash = (hash ^ ((ulong)(uint)piece.Stream.Value << 32 | (uint)piece.Offset)) * 0x9E3779B97F4A7C15;
        hash = (hash ^ (hash >> 29) ^ (uint)piece.Length) * 0xBF58476D1CE4E5B9;
        return hash ^ (hash >> 32);
    }

    private void Add(Segment segment)
    {
        if (count > 0 && pieces[count - 1] is var last && last.Stream == segment.Stream && last.End == segment.Offset)
        {
            pieces[count - 1] = last with { Length = last.Length + segment.Length };
            return;
        }
        if (pieces is null || count == pieces.Length)
        {
            Array.Resize(ref pieces, Math.Max(LeastRoom, count * 2));
        }
        pieces[count++] = segment;
    }
}
