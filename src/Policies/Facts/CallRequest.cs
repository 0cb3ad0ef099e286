namespace Cortex.Policies;

/// <summary>One LLM call as its client sends it.</summary>
public sealed record CallRequest
{
    /// <summary>The client's own handle. The core only hands it back.</summary>
    public required int Tag { get; init; }

    /// <summary>The client's handle of the workflow, announced before.</summary>
    public required int WorkflowTag { get; init; }

    public required StageId Stage { get; init; }

    /// <summary>A smaller number goes first, as in vLLM.</summary>
    public int Priority { get; init; }

    /// <summary>The prompt. Neighbouring segments that continue each other count as one.</summary>
    public required Segment[] Prompt { get; init; }

    /// <summary>Sum of the segments' lengths, at least 1.</summary>
    public required int PromptTokens { get; init; }

    /// <summary>Declared maximum of output tokens (<c>max_tokens</c>), at least 1; <see cref="int.MaxValue"/> if not declared.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Identity of the tokens that the call will produce: token k of the output is token k of this stream.</summary>
    public required StreamId Output { get; init; }
}
