namespace Cortex.Policies;

/// <summary>An endless run of tokens. Two positions of any prompts hold the same token exactly when stream and offset are equal.</summary>
public readonly record struct StreamId(int Value);

/// <summary>A stretch of a prompt: <paramref name="Length"/> tokens of <paramref name="Stream"/> from <paramref name="Offset"/> on.</summary>
/// <param name="Stream">Identity of the tokens.</param>
/// <param name="Offset">First token, from 0.</param>
/// <param name="Length">Tokens, at least 1.</param>
public readonly record struct Segment(StreamId Stream, int Offset, int Length)
{
    /// <summary>First offset behind the segment.</summary>
    public int End => Offset + Length;
}
