namespace Cortex.Workloads;

/// <summary>
/// The declared stage graph of a class of workflows, with priors: all that policies may know of a workflow before it happens. Its
/// figures are expectations, never the truth of one workflow.
/// </summary>
/// <param name="Class">The class of workflows that follow it, see <see cref="AgentflowWorkflow.Class"/>.</param>
/// <param name="Stages">Its stages; the first is where a workflow begins.</param>
public sealed record AgentflowProgram(string Class, IReadOnlyList<AgentflowStage> Stages);

/// <summary>A stage of a program.</summary>
public sealed record AgentflowStage
{
    /// <summary>The label that nodes carry as <see cref="AgentflowNode.Stage"/>.</summary>
    public required string Name { get; init; }

    /// <summary>What runs in it.</summary>
    public required NodeKind Kind { get; init; }

    /// <summary>Model of its calls; null if not declared.</summary>
    public string? Model { get; init; }

    /// <summary>Expected prompt in tokens; null if not declared.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>Expected output of a call, or result of a tool, in tokens; null if not declared.</summary>
    public int? OutputTokens { get; init; }

    /// <summary>Expected time of a tool or a person in nanoseconds; null if not declared.</summary>
    public long? TimeNs { get; init; }

    /// <summary>How often a workflow may enter it at most, for loops; null for no limit.</summary>
    public int? MostVisits { get; init; }

    /// <summary>Where a workflow may go from here.</summary>
    public IReadOnlyList<AgentflowBranch> Next { get; init; } = [];
}

/// <summary>A way from a stage to another.</summary>
/// <param name="Stage">Name of the stage that follows.</param>
/// <param name="Prior">Declared probability that it is taken, 0 to 1. Branches that are taken together, as in a fan-out, have 1 each.</param>
/// <param name="Outcomes">Outcomes of the stage before upon which it is taken; empty if it does not depend on them.</param>
/// <param name="Count">How many nodes of it run side by side; 1 unless the stage fans out.</param>
public sealed record AgentflowBranch(string Stage, double Prior, IReadOnlyList<string> Outcomes, int Count = 1);
