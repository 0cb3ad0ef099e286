using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>What runs in a node of a workflow.</summary>
public enum NodeKind : byte
{
    /// <summary>A call of a language model.</summary>
    Llm,

    /// <summary>A tool call; takes <see cref="Node.DurationNs"/> once started.</summary>
    Tool,

    /// <summary>A person reads and types for <see cref="Node.DurationNs"/>.</summary>
    Human,
}

/// <summary>
/// One node of a workflow with its full truth, as the trace tells it. Its tag is its index in <see cref="Workload.Nodes"/>; dependencies
/// and guards are kept beside it, see <see cref="Workload.Dependencies"/> and <see cref="Workload.Guards"/>.
/// </summary>
public readonly struct Node
{
    /// <summary>The prompt of a call, neighbours that continue each other merged; empty for tools and people. Not to be written to.</summary>
    public required Segment[] Prompt { get; init; }

    /// <summary>Truth of a tool or person: how long it takes, in nanoseconds; 0 for a call.</summary>
    public long DurationNs { get; init; }

    /// <summary>Wait in nanoseconds between the end of the last dependency (for a root: the workflow's arrival) and the start.</summary>
    public long DelayNs { get; init; }

    /// <summary>Index of the workflow in <see cref="Workload.Workflows"/>.</summary>
    public required int Workflow { get; init; }

    /// <summary>Sum of the prompt's segments, at least 1 for a call.</summary>
    public int PromptTokens { get; init; }

    /// <summary>Truth: tokens that a call produces if nothing cuts it short, at least 1; tokens of a tool's result.</summary>
    public int OutputTokens { get; init; }

    /// <summary>The maximum that the trace declares for the output (<c>max_tokens</c>); 0 if it declares none.</summary>
    public int DeclaredMax { get; init; }

    /// <summary>Identity of the tokens that the node yields: a call's output or a tool's result.</summary>
    public StreamId Output { get; init; }

    /// <summary>The node's role, an index into <see cref="Workload.Stages"/>.</summary>
    public required StageId Stage { get; init; }

    /// <summary>Truth: how the node comes out, an index into <see cref="Workload.Outcomes"/>; 0 is <c>ok</c>.</summary>
    public ushort Outcome { get; init; }

    /// <summary>Call, tool or person.</summary>
    public required NodeKind Kind { get; init; }
}
