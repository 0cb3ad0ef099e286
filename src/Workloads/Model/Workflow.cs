using System.Globalization;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>One run of an agentic program: a graph of nodes. A plain request is a workflow with a single node.</summary>
public readonly struct Workflow
{
    /// <summary>The trace's own name of the workflow; null where rows have none.</summary>
    public string? Name { get; init; }

    /// <summary>Position in <see cref="Workload.Workflows"/>, which is the file's order. Also the workflow's tag.</summary>
    public required int Index { get; init; }

    /// <summary>Tag of its first node; the others follow in the trace's order, dependencies before what depends on them.</summary>
    public required int FirstNode { get; init; }

    /// <summary>Number of its nodes, at least 1.</summary>
    public required int NodeCount { get; init; }

    /// <summary>When it arrives, from the start of the trace; null if the trace does not say, so that an arrival must be laid on.</summary>
    public required Instant? Arrival { get; init; }

    /// <summary>A smaller number goes first, as in vLLM.</summary>
    public int Priority { get; init; }

    /// <summary>What kind of work it is, such as <c>coding</c> or <c>nl2sql</c>; empty if the trace does not say.</summary>
    public required string Class { get; init; }

    /// <summary>Whose workflow it is; empty if the trace does not say.</summary>
    public string Tenant { get; init; }

    /// <summary>What is promised for it; null if nothing is.</summary>
    public AgentflowSlo? Slo { get; init; }

    /// <summary>Workflows that are replayed as one have the same: the index of the first of them.</summary>
    public required int Play { get; init; }

    /// <summary>The name, or else the index.</summary>
    public string Id => Name ?? Index.ToString(CultureInfo.InvariantCulture);
}
