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

    /// <summary>Upper bound on the time of each tool and person and on each delay behind what a node waits for; null for none.</summary>
    public Duration? MaxThink { get; init; }

    /// <summary>
    /// True: each call declares its true output length as <c>max_tokens</c>, as benchmark clients do. False: what the trace declares, if
    /// anything.
    /// </summary>
    public bool DeclareMax { get; init; }

    /// <summary>Closed loop: the first play of each user starts in its middle; null: at its beginning.</summary>
    public SnapshotOptions? Snapshot { get; init; }

    /// <summary>
    /// From this time on nothing new starts: workflows, calls, tools, pauses. It counts from <see cref="TracePlayer.MeasuredFrom"/>. Null: the
    /// trace is played to its end.
    /// </summary>
    public Duration? Duration { get; init; }

    /// <summary>With <see cref="Duration"/>: how much longer what is under way then may take.</summary>
    public Duration Grace { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">The load is not a positive number or, closed loop, not a whole one, or the snapshot is none.</exception>
    internal void Check()
    {
        bool positive = Load > 0 && double.IsFinite(Load);
        bool whole = Load == Math.Floor(Load) && Load <= int.MaxValue;
        if (!positive || (Closed && !whole))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Load), Load, Closed ? "load is the number of users: a whole number from 1" : "load is a factor on the rate: a number above 0");
        }
        if (Snapshot is { } snapshot && !(Closed && snapshot.From >= 0 && snapshot.From <= snapshot.To && snapshot.To < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Snapshot), snapshot, "a snapshot is of a closed loop, its shares from 0 to below 1");
        }
    }
}
