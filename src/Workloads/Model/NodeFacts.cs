namespace Cortex.Workloads;

/// <summary>What only some nodes have, by their tags.</summary>
internal sealed class NodeFacts
{
    public Dictionary<int, Guard[]> Guards { get; } = [];

    public Dictionary<int, StartEdge[]> Starts { get; } = [];

    /// <summary>Open loop, times of release from the start of the trace.</summary>
    public Dictionary<int, long> Releases { get; } = [];

    /// <summary>Earliest starts, from the start of the workflow.</summary>
    public Dictionary<int, long> NotBefore { get; } = [];

    /// <summary>Nodes for which nobody waits.</summary>
    public HashSet<int> Background { get; } = [];

    /// <summary>What is promised for a node by itself.</summary>
    public Dictionary<int, AgentflowSlo> Promises { get; } = [];

    /// <summary>What tools really do.</summary>
    public Dictionary<int, ToolRun> Runs { get; } = [];
}
