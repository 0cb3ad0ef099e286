using Cortex.Policies;

namespace Cortex.Serving.Kv;

/// <summary>A place in a sequence's tokens: its prompt, followed by its output stream from token 0. Costs O(segments) to move, whatever their length.</summary>
/// <param name="prompt">Segments of the prompt; no two neighbours continue each other.</param>
/// <param name="output">Stream of the output.</param>
internal struct TokenCursor(Segment[] prompt, StreamId output)
{
    private readonly Segment[] prompt = prompt;
    private readonly StreamId output = output;
    private int piece;
    private int inside;

    /// <summary>The tokens from here to the end of their segment; an output has no end.</summary>
    public readonly Segment Current
    {
        get
        {
            if (piece < prompt.Length)
            {
                Segment segment = prompt[piece];
                return new(segment.Stream, segment.Offset + inside, segment.Length - inside);
            }
            return new(output, inside, int.MaxValue - inside);
        }
    }

    public void Advance(int tokens)
    {
        while (piece < prompt.Length && tokens >= prompt[piece].Length - inside)
        {
            tokens -= prompt[piece].Length - inside;
            piece++;
            inside = 0;
        }
        inside += tokens;
    }

    /// <summary>Hash of the next <paramref name="tokens"/> tokens: equal tokens, equal hash.</summary>
    public readonly ulong Hash(int tokens)
    {
        TokenCursor at = this;
        ulong hash = 0;
        while (tokens > 0)
        {
            Segment current = at.Current;
            int length = Math.Min(tokens, current.Length);
            hash = TokenLabel.Mix(hash, new(current.Stream, current.Offset, length));
            at.Advance(length);
            tokens -= length;
        }
        return hash;
    }
}
