using Cortex.Policies;
using Cortex.Workloads;

namespace Cortex.Experiments.Config;

/// <summary>Who decides when a workflow starts.</summary>
public enum Players
{
    /// <summary>Arrivals come at their times, whatever the system does.</summary>
    Open,

    /// <summary>A fixed number of users, each starting the next workflow when its own ends.</summary>
    Closed,
}

/// <summary>Where the times of arrivals come from in an open loop.</summary>
public enum Arrivals
{
    /// <summary>As the trace has them, divided by the load: the same in every repetition.</summary>
    Recorded,

    /// <summary>Redrawn from the repetition's seed as a Poisson process of the trace's mean rate times the load; order and content of the workflows stay.</summary>
    Poisson,
}

/// <summary>What is played: section <c>workload</c>.</summary>
public sealed record WorkloadSettings
{
    /// <summary>Full path of the trace.</summary>
    public required string Trace { get; init; }

    /// <summary>Open loop: factor on the recorded rate, above 0. Closed loop: number of users.</summary>
    public required double Load { get; init; }

    /// <summary>Null: as the trace says.</summary>
    public Players? Players { get; init; }

    public Arrivals Arrivals { get; init; }

    /// <summary>Longest human pause that is played; null is no limit.</summary>
    public Duration? MaxThink { get; init; }

    /// <summary>What is made of choices that the trace's format leaves.</summary>
    public TraceReadingOptions Reading { get; init; } = TraceReadingOptions.Default;

    /// <summary>A call declares its true output length as its maximum, as benchmark clients do.</summary>
    public bool DeclareMax { get; init; }
}
