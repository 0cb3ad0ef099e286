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

    /// <summary>How often a call lost its KV; a call may do so several times.</summary>
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
