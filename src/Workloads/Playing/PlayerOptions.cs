using Cortex.Policies;
using Cortex.Policies.Random;

namespace Cortex.Workloads;

/// <summary>How a trace is played.</summary>
public sealed record PlayerOptions
{
    /// <summary>
    /// True: a number of users, each of whom takes the next workflow of the file when the last one has ended, the first at time 0.
    /// False: workflows arrive as recorded.
    /// </summary>
    public required bool Closed { get; init; }

    /// <summary>Open: factor on the recorded rate, more than 0, so that an arrival moves to its time ÷ load. Closed: number of users, whole.</summary>
    public double Load { get; init; } = 1;

    /// <summary>
    /// Open loop: if given, arrivals are not those of the trace but a Poisson process of the trace's mean rate times the load, drawn from
    /// this stream; order and content of the workflows stay.
    /// </summary>
    public RandomStream? Poisson { get; init; }

    /// <summary>Upper bound on the time of each tool and person; null for none.</summary>
    public Duration? MaxThink { get; init; }

    /// <summary>
    /// True: each call declares its true output length as <c>max_tokens</c>, as benchmark clients do. False: what the trace declares, if
    /// anything.
    /// </summary>
    public bool DeclareMax { get; init; }
}
