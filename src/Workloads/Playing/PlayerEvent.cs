using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>What the player tells its backend.</summary>
public enum PlayerEventKind : byte
{
    /// <summary>A workflow starts; the tag is its index in <see cref="Workload.Workflows"/>.</summary>
    WorkflowArrived,

    /// <summary>A call is ready to be sent; the tag is its index in <see cref="Workload.Nodes"/>.</summary>
    CallReady,

    /// <summary>A tool is to be started, which the backend does; the tag is its index in <see cref="Workload.Nodes"/>.</summary>
    ToolReady,

    /// <summary>All nodes of a workflow have ended or been skipped; the tag is the workflow's.</summary>
    WorkflowEnded,
}

/// <summary>An event of the play.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Tag">To which node or workflow.</param>
/// <param name="At">When it is due; never later than the time at which it was asked for.</param>
public readonly record struct PlayerEvent(PlayerEventKind Kind, int Tag, Instant At);
