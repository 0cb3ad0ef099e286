namespace Cortex.Policies;

/// <summary>What a policy may know of one call: what its client declared and what has happened so far.</summary>
public readonly ref struct CallView
{
    public required CallId Id { get; init; }
    public required WorkflowId Workflow { get; init; }
    public required StageId Stage { get; init; }
    public required ModelId Model { get; init; }

    /// <summary>Order of arrival at the core, from 0; never reused, the tie-break of every queue.</summary>
    public required long ArrivalNumber { get; init; }

    /// <summary>Declared priority; a smaller number goes first, as in vLLM.</summary>
    public required int Priority { get; init; }

    public required Instant Ready { get; init; }
    public required int PromptTokens { get; init; }

    /// <summary>Declared maximum of output tokens (<c>max_tokens</c>); the true length is not known.</summary>
    public required int MaxTokens { get; init; }
}
