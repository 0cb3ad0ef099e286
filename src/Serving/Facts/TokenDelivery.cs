using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>
/// Who got a further token of a step, or of each of a run of equal steps, and when those calls had got the one before. First tokens are not
/// told here: a call's record has them. Good until the next step of the worker is delivered.
/// </summary>
public readonly ref struct TokenDelivery
{
    /// <summary>When the worker's step before ended: the steady calls got a token then.</summary>
    public required Instant Since { get; init; }

    /// <summary>Calls that got one token in every step of the run but the last; one given up meanwhile counts as if it had stayed until then.</summary>
    public required int Steady { get; init; }

    /// <summary>Those of them that also got one in the last step; the others had left.</summary>
    public required int SteadyInLast { get; init; }

    /// <summary>Of the other calls that got a further token with the end of the (last) step: how long after the one before.</summary>
    public required ReadOnlySpan<Duration> Others { get; init; }
}
