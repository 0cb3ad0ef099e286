using Cortex.Policies.Random;

namespace Cortex.Workloads;

/// <summary>Where users are when a run begins: each somewhere in its first play, as on a service that has run for long, rather than all at the beginning.</summary>
/// <param name="Chance">The cuts are drawn from this stream, one a user.</param>
public sealed record SnapshotOptions(RandomStream Chance)
{
    /// <summary>Least share of a play's nodes that has happened, from 0 to <see cref="To"/>.</summary>
    public double From { get; init; } = 0.25;

    /// <summary>Largest share, below 1.</summary>
    public double To { get; init; } = 0.75;

    /// <summary>
    /// True: the last call that has happened to each user is sent, and all wait until these calls have ended, so that caches know the prompts.
    /// The run is measured from there. False: caches are empty.
    /// </summary>
    public bool Primed { get; init; }
}
