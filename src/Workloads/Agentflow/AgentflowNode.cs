namespace Cortex.Workloads;

/// <summary>
/// A node as an agentflow line has it: all fields, times in nanoseconds, lengths in tokens. Its number is its place in
/// <see cref="AgentflowWorkflow.Nodes"/>; numbers of other nodes are of the same workflow.
/// </summary>
public sealed class AgentflowNode
{
    /// <summary>Call, tool or person.</summary>
    public NodeKind Kind { get; set; }

    /// <summary>Earlier nodes that must have ended or been skipped.</summary>
    public IReadOnlyList<int> Deps { get; set; } = [];

    /// <summary>Earlier nodes that must have started, each so long ago.</summary>
    public IReadOnlyList<AgentflowStart> AfterStart { get; set; } = [];

    /// <summary>Wait between the end of the last dependency (for a root: the arrival) and the start.</summary>
    public long DelayNs { get; set; }

    /// <summary>Open loop: when it is released, from the start of the trace, whatever it depends on; null if it follows its dependencies.</summary>
    public long? AtNs { get; set; }

    /// <summary>The lane it belongs to, such as <c>main</c>; null if not said.</summary>
    public string? Agent { get; set; }

    /// <summary>Its role; null if not said.</summary>
    public string? Stage { get; set; }

    /// <summary>Truth: how it comes out, such as <c>ok</c>, <c>error</c>, <c>empty</c>; null for <c>ok</c>.</summary>
    public string? Outcome { get; set; }

    /// <summary>Conditions that must all hold for it to run; else it is skipped.</summary>
    public IReadOnlyList<AgentflowGuard> When { get; set; } = [];

    /// <summary>What is promised for this node; null if nothing beyond the workflow's.</summary>
    public AgentflowSlo? Slo { get; set; }

    /// <summary>What was measured when it was recorded. Never for policies.</summary>
    public AgentflowObserved? Observed { get; set; }

    /// <summary>What it would have been with another model or reasoning budget.</summary>
    public IReadOnlyList<AgentflowAlternative> Alternatives { get; set; } = [];

    /// <summary>What a speculator would have predicted of it; null if not known.</summary>
    public AgentflowGuess? Guess { get; set; }

    /// <summary>Longest time that its agent waits for it; null for no limit.</summary>
    public long? TimeoutNs { get; set; }

    /// <summary>How often the agent may try again; null if not declared. The tries themselves stand in the trace as nodes.</summary>
    public int? Retry { get; set; }

    /// <summary>Call: the model's name.</summary>
    public string? Model { get; set; }

    /// <summary>Call: its whole prompt; null if <see cref="Base"/> gives it.</summary>
    public IReadOnlyList<AgentflowSegment>? Prompt { get; set; }

    /// <summary>Call: its prompt is the prompt of this earlier call, then that call's output behind its reasoning, then <see cref="Add"/>.</summary>
    public int? Base { get; set; }

    /// <summary>How much of the prompt of <see cref="Base"/> is kept, in tokens; null for all.</summary>
    public int? Keep { get; set; }

    /// <summary>What comes behind the output of <see cref="Base"/>.</summary>
    public IReadOnlyList<AgentflowSegment> Add { get; set; } = [];

    /// <summary>Truth of a call: tokens produced; −1 if the line does not say.</summary>
    public int Out { get; set; } = -1;

    /// <summary>Truth of a call: the first so many tokens of the output are reasoning, which later prompts drop.</summary>
    public int Reason { get; set; }

    /// <summary>Call: the declared maximum of its output; null if none is declared.</summary>
    public int? MaxTokens { get; set; }

    /// <summary>Call: whether the client streams; null if not known.</summary>
    public bool? Streamed { get; set; }

    /// <summary>Call: tools whose calls leave the stream before its end.</summary>
    public IReadOnlyList<AgentflowEmission> Emits { get; set; } = [];

    /// <summary>Call: why it stopped, such as <c>end_turn</c>.</summary>
    public string? Stop { get; set; }

    /// <summary>Tool: its name.</summary>
    public string? Name { get; set; }

    /// <summary>Truth of a tool or person: how long it takes; null if <see cref="Distribution"/> says.</summary>
    public long? DurationNs { get; set; }

    /// <summary>Tool: from where its time is drawn; null if <see cref="DurationNs"/> says.</summary>
    public AgentflowDistribution? Distribution { get; set; }

    /// <summary>Truth of a tool: tokens of its result; of a person: tokens typed.</summary>
    public int Result { get; set; }

    /// <summary>Truth of a tool: its error, <c>true</c> or a text; null if there was none.</summary>
    public string? Error { get; set; }

    /// <summary>Tool: nobody waits for it, so the workflow may end before it does.</summary>
    public bool Background { get; set; }

    /// <summary>Tool: limits of its sandbox; null if not declared.</summary>
    public AgentflowResources? Resources { get; set; }

    /// <summary>Tool: identity of its arguments: the same tool with the same arguments gives the same result. Null if not known.</summary>
    public string? Args { get; set; }

    /// <summary>Tool: what running it does to the world; null if not declared.</summary>
    public ToolEffect? Effect { get; set; }

    /// <summary>Tool: what it really does where tools are run; null if nothing but taking its time.</summary>
    public ToolRun? Run { get; set; }
}
