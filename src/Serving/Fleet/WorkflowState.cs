using Cortex.Policies;

namespace Cortex.Serving.Fleet;

/// <summary>What the core remembers of a workflow.</summary>
internal sealed class WorkflowState(WorkflowId id)
{
    public WorkflowId Id { get; } = id;

    /// <summary>Index of the worker that served its last call, or −1.</summary>
    public int LastWorker { get; set; } = -1;
}
