using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Serving;

namespace Cortex.Runtime.Engines;

/// <summary>Step times drawn evenly from a range, whatever the step: for tests of the runtime, where nothing should depend on them.</summary>
public sealed class DrawnStepTimes : IStepTimes
{
    private readonly RandomStream draw;
    private readonly long least;
    private readonly int choices;

    /// <param name="seed">Seed of the run.</param>
    /// <param name="worker">The engine; each draws from a stream of its own.</param>
    /// <param name="least">Shortest time.</param>
    /// <param name="most">Longest time, at most 2 s more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An empty or too wide range, or a negative time.</exception>
    public DrawnStepTimes(ulong seed, int worker, Duration least, Duration most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(least.Ns, nameof(least));
        ArgumentOutOfRangeException.ThrowIfLessThan(most.Ns, least.Ns, nameof(most));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most.Ns - least.Ns, 2_000_000_000, nameof(most));
        draw = new(seed, FormattableString.Invariant($"step times of worker {worker}"));
        this.least = least.Ns;
        choices = (int)(most.Ns - least.Ns) + 1;
    }

    /// <inheritdoc/>
    public Duration Of(StepPlan plan) => new(least + draw.NextInt(choices));
}
