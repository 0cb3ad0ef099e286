namespace Cortex.Serving;

/// <summary>Where calls really end, by tag, and how many tokens each has been given. Backends keep it; the core never sees it.</summary>
/// <param name="ends">Tokens that the call with this tag produces, its stop token included; asked again whenever it matters.</param>
/// <param name="calls">Number of tags, which count from 0.</param>
public sealed class TrueLengths(Func<int, int> ends, int calls)
{
    internal const long NotSteady = -1;

    private readonly int[] emitted = new int[calls];
    private readonly long[] joinedAt = NeverJoined(calls);

    /// <summary>Tokens that the call has still to produce until its stop token, that one included.</summary>
    public int Left(int tag) => ends(tag) - emitted[tag];

    public void Emit(int tag, int tokens) => emitted[tag] += tokens;

    /// <summary>Steps that the call's engine had taken when the call became steady; <see cref="NotSteady"/> while it is not. For <see cref="SteadyEnds"/>.</summary>
    internal ref long JoinedAt(int tag) => ref joinedAt[tag];

    private static long[] NeverJoined(int calls)
    {
        long[] joinedAt = new long[calls];
        Array.Fill(joinedAt, NotSteady);
        return joinedAt;
    }
}
