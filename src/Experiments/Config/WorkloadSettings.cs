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

/// <summary>Where users are when a run begins.</summary>
public enum SnapshotKind
{
    /// <summary>At the beginning of their first play.</summary>
    None,

    /// <summary>Somewhere in its middle, with empty caches.</summary>
    Cold,

    /// <summary>Somewhere in its middle, and the last call of each is made again before the run begins.</summary>
    Primed,
}

/// <summary>What is played: section <c>workload</c>.</summary>
public sealed record WorkloadSettings
{
    /// <summary>30 s, as AISimulate's users know it.</summary>
    public static readonly Duration DefaultGrace = new(30_000_000_000);

    /// <summary>Full path of the trace.</summary>
    public required string Trace { get; init; }

    /// <summary>Open loop: factor on the recorded rate, above 0. Closed loop: number of users.</summary>
    public required double Load { get; init; }

    /// <summary>Null: as the trace says.</summary>
    public Players? Players { get; init; }

    public Arrivals Arrivals { get; init; }

    /// <summary>Longest time of a tool or a person, and longest delay, that is played; null is no limit.</summary>
    public Duration? MaxThink { get; init; }

    /// <summary>What is made of choices that the trace's format leaves.</summary>
    public TraceReadingOptions Reading { get; init; } = TraceReadingOptions.Default;

    /// <summary>A call declares its true output length as its maximum, as benchmark clients do.</summary>
    public bool DeclareMax { get; init; }

    /// <summary>Where users are when the run begins; closed loop only, if not <see cref="SnapshotKind.None"/>.</summary>
    public SnapshotKind Snapshot { get; init; }

    /// <summary>Least share of a user's first play that has happened by then.</summary>
    public double SnapshotFrom { get; init; } = 0.25;

    /// <summary>Largest share.</summary>
    public double SnapshotTo { get; init; } = 0.75;

    /// <summary>How long something new is started; null: until the trace has been played.</summary>
    public Duration? Duration { get; init; }

    /// <summary>How long what is under way by then is waited for.</summary>
    public Duration Grace { get; init; } = DefaultGrace;
}
