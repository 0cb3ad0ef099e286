namespace Cortex.Workloads;

/// <summary>A workflow as an agentflow line has it: all fields, times in nanoseconds.</summary>
public sealed class AgentflowWorkflow
{
    /// <summary>Its name; null if the line has none.</summary>
    public string? Id { get; set; }

    /// <summary>Workflows with the same play are replayed as one; null: it is a play of its own.</summary>
    public string? Play { get; set; }

    /// <summary>From the start of the trace; null if an arrival must be laid on.</summary>
    public long? ArrivalNs { get; set; }

    /// <summary>Whose workflow it is.</summary>
    public string? Tenant { get; set; }

    /// <summary>What kind of work, such as <c>coding</c>; names the program of the header that it follows.</summary>
    public string? Class { get; set; }

    /// <summary>A smaller number goes first, as in vLLM.</summary>
    public int Priority { get; set; }

    /// <summary>What is promised for the workflow and each of its calls; null if nothing is.</summary>
    public AgentflowSlo? Slo { get; set; }

    /// <summary>Truth: whether it reached its aim; null if not known.</summary>
    public bool? Success { get; set; }

    /// <summary>Its nodes, numbered from 0 in this order; dependencies before what depends on them.</summary>
    public List<AgentflowNode> Nodes { get; init; } = [];

    /// <summary>Line of the file it was read from; 0 if it was not read.</summary>
    public long Line { get; set; }
}

/// <summary>Latency targets in nanoseconds; null where there is none.</summary>
/// <param name="TtftNs">Time to the first token of a call.</param>
/// <param name="TpotNs">Time per output token of a call behind the first.</param>
/// <param name="E2eNs">From arrival to end, of the workflow or of the node that carries it.</param>
public sealed record AgentflowSlo(long? TtftNs = null, long? TpotNs = null, long? E2eNs = null);
