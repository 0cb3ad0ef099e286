namespace Cortex.Workloads;

/// <summary>What an import keeps of a trace beside what a play needs.</summary>
internal sealed class TraceDetails
{
    /// <summary>By tag: fields that only describe, and a call's output as the file has it, even if it is 0.</summary>
    public List<AgentflowNode> Nodes { get; } = [];

    /// <summary>Names of shared streams, by their ids.</summary>
    public Dictionary<int, string> StreamNames { get; } = [];

    /// <summary>Fields of the source that nothing is made of.</summary>
    public List<string> Lost { get; } = [];
}
