namespace Cortex.Workloads;

/// <summary>A part of a trace and how far its play has come.</summary>
/// <param name="part">The part.</param>
/// <param name="longestDelayNs">Longer delays are cut to it.</param>
internal sealed class PlayedPart(WorkloadPart part, long longestDelayNs)
{
    private readonly int[] openNodes = new int[part.Workflows.Length];
    private readonly int[] causes = new int[part.Nodes.Length];
    private readonly int[] lastCauses = new int[part.Workflows.Length];
    private int workflowsLeft = part.Workflows.Length;

    public WorkloadPart Part => part;

    public NodeProgress Progress { get; } = new(part, longestDelayNs);

    /// <summary>Nothing of it will happen any more.</summary>
    public bool IsDone => workflowsLeft == 0 && Progress.Unsettled == 0;

    /// <summary>Of a workflow: nodes that it still waits for.</summary>
    public ref int OpenNodesOf(int workflowTag) => ref openNodes[workflowTag - part.FirstWorkflow];

    /// <summary>What released a node.</summary>
    public ref int CauseOf(int tag) => ref causes[tag - part.FirstTag];

    /// <summary>What ended a workflow.</summary>
    public ref int LastOf(int workflowTag) => ref lastCauses[workflowTag - part.FirstWorkflow];

    /// <summary>A workflow has ended.</summary>
    public void WorkflowEnded() => workflowsLeft--;

    public bool HasNode(int tag) => (uint)(tag - part.FirstTag) < (uint)part.Nodes.Length;

    public bool HasWorkflow(int index) => (uint)(index - part.FirstWorkflow) < (uint)part.Workflows.Length;
}
