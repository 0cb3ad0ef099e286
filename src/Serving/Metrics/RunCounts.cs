namespace Cortex.Serving;

/// <summary>What there was in a run.</summary>
public sealed record RunCounts
{
    /// <summary>Workflows that arrived.</summary>
    public required long Workflows { get; init; }

    /// <summary>Those of them of which no further node will come, whatever became of their calls.</summary>
    public required long WorkflowsEnded { get; init; }

    /// <summary>Those of them whose calls all finished.</summary>
    public required long WorkflowsFinished { get; init; }

    /// <summary>Calls that arrived; the next five are the states in which they ended, and add up to it.</summary>
    public required long Calls { get; init; }

    public required long Finished { get; init; }
    public required long Refused { get; init; }
    public required long Cancelled { get; init; }
    public required long Failed { get; init; }
    public required long Unfinished { get; init; }

    /// <summary>Refused since prompt and declared output are longer than any engine's <c>max_model_len</c>.</summary>
    public long RefusedForModelLength { get; init; }

    /// <summary>Refused since they are longer than any engine's KV pool.</summary>
    public long RefusedForKvMemory { get; init; }

    /// <summary>Calls that waited for KV blocks before they were scheduled in. One that was preempted may have waited for several things.</summary>
    public long HeldByMemory { get; init; }

    /// <summary>Calls that waited for a place among the running sequences.</summary>
    public long HeldBySequences { get; init; }

    /// <summary>Calls that waited for a step with tokens left in its budget.</summary>
    public long HeldByTokenBudget { get; init; }

    /// <summary>How often a call lost its KV, always for want of a free block; a call may do so several times.</summary>
    public required long Preemptions { get; init; }

    /// <summary>Calls to which that happened.</summary>
    public required long PreemptedCalls { get; init; }

    /// <summary>Prompt tokens of all calls, in whatever state they ended.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Tokens delivered by all calls.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Prompt tokens found in the cache at first schedule-in, of all calls.</summary>
    public required long HitTokens { get; init; }
}
