using Cortex.Policies;

namespace Cortex.Experiments.Timelines;

/// <summary>What a call is doing: the phases that its time is blamed on.</summary>
internal enum CallPhase
{
    Queue,
    Prefill,
    Decode,
    Preempted,
}

/// <summary>An open call on the timeline.</summary>
internal sealed class CallSpan(Track track)
{
    public Track Track { get; } = track;
    public CallPhase Phase { get; set; } = CallPhase.Queue;

    /// <summary>Null until it is routed.</summary>
    public WorkerId? Worker { get; set; }

    /// <summary>In the running list of its worker.</summary>
    public bool IsRunning { get; set; }
}
