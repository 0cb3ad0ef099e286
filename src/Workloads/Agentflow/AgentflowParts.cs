namespace Cortex.Workloads;

/// <summary>A run of tokens in a prompt. Equal stream and offset mean equal tokens.</summary>
/// <param name="Stream"><c>g:NAME</c> (shared), <c>u:K</c> (of the workflow), <c>o:N</c> (output of call N), <c>r:N</c> (result of tool N), <c>x:ID</c> (only its identity is known).</param>
/// <param name="Offset">First token, from 0.</param>
/// <param name="Length">Tokens, at least 1.</param>
public readonly record struct AgentflowSegment(string Stream, int Offset, int Length);

/// <summary>A condition: an earlier node has run and come out in one of these ways.</summary>
/// <param name="Node">Number of the node.</param>
/// <param name="Outcomes">At least one.</param>
public sealed record AgentflowGuard(int Node, IReadOnlyList<string> Outcomes);

/// <summary>An earlier node must have started.</summary>
/// <param name="Node">Number of the node.</param>
/// <param name="DelayNs">So long ago.</param>
public readonly record struct AgentflowStart(int Node, long DelayNs);

/// <summary>A tool call that leaves the stream of a model call before its end.</summary>
/// <param name="Tool">Number of the tool node, which depends on the call.</param>
/// <param name="AfterToken">How many tokens are out by then, 1 up to the call's output.</param>
public readonly record struct AgentflowEmission(int Tool, int AfterToken);

/// <summary>What a node would have been with another model or reasoning budget; null where it would have been the same.</summary>
/// <param name="Model">The other model.</param>
/// <param name="Budget">Reasoning budget in tokens.</param>
/// <param name="Out">Tokens produced.</param>
/// <param name="Reason">Those of them that are reasoning.</param>
/// <param name="TimeNs">How long it would have taken.</param>
/// <param name="Outcome">How it would have come out.</param>
public sealed record AgentflowAlternative(
    string? Model = null, int? Budget = null, int? Out = null, int? Reason = null, long? TimeNs = null, string? Outcome = null);

/// <summary>What a speculator would have predicted of a node.</summary>
/// <param name="Right">Whether the prediction met what happened.</param>
/// <param name="Value">The prediction, as a label: an outcome, or the identity of arguments or results; null if not kept.</param>
/// <param name="Tokens">Length of the predicted text; null if not kept.</param>
public sealed record AgentflowGuess(bool Right, string? Value = null, int? Tokens = null);

/// <summary>Limits of a tool's sandbox; null where not declared.</summary>
/// <param name="Cpu">Cores.</param>
/// <param name="MemoryMb">Memory in MB.</param>
/// <param name="Pool">Name of the pool of executors.</param>
public sealed record AgentflowResources(decimal? Cpu = null, int? MemoryMb = null, string? Pool = null);

/// <summary>Measured values of a recorded node; null where not measured. For validation only, never for policies.</summary>
public sealed record AgentflowObserved
{
    /// <summary>Time to first token, in nanoseconds.</summary>
    public long? TtftNs { get; init; }

    /// <summary>Time from request to end, in nanoseconds.</summary>
    public long? E2eNs { get; init; }

    /// <summary>Time in prefill, in nanoseconds.</summary>
    public long? PrefillNs { get; init; }

    /// <summary>Time in decode, in nanoseconds.</summary>
    public long? DecodeNs { get; init; }

    /// <summary>Time in a queue, in nanoseconds.</summary>
    public long? QueueNs { get; init; }

    /// <summary>When it started, from the start of the workflow, in nanoseconds.</summary>
    public long? StartNs { get; init; }

    /// <summary>Prompt tokens served from a cache.</summary>
    public int? CachedTokens { get; init; }
}

/// <summary>What running a tool does to the world: what may be speculated.</summary>
public enum ToolEffect : byte
{
    /// <summary>Nothing: it may run early, twice or in vain.</summary>
    Pure,

    /// <summary>Running it twice is the same as once.</summary>
    Idempotent,

    /// <summary>It changes something.</summary>
    Write,
}
