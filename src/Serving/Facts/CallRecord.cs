using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>The one state in which each call ends.</summary>
public enum CallState : byte
{
    /// <summary>All tokens delivered: a stop token, the declared maximum or the model's length.</summary>
    Finished,

    /// <summary>Could never fit, or turned away by a policy.</summary>
    Refused,

    Cancelled,
    Failed,

    /// <summary>Still waiting or running when the run was ended.</summary>
    Unfinished,
}

/// <summary>All that is measured of one call: a row of <c>calls.csv</c>. An instant that never came is <see cref="Instant.Never"/>.</summary>
public readonly record struct CallRecord
{
    public required int Tag { get; init; }
    public required int WorkflowTag { get; init; }

    /// <summary>Order of arrival at the core, from 0.</summary>
    public required long ArrivalNumber { get; init; }

    public required StageId Stage { get; init; }
    public required CallState State { get; init; }
    public required Instant Ready { get; init; }

    /// <summary>First schedule-in: the start of the first step that computed it.</summary>
    public required Instant Scheduled { get; init; }

    public required Instant FirstToken { get; init; }
    public required Instant End { get; init; }
    public required int PromptTokens { get; init; }

    /// <summary>Tokens delivered.</summary>
    public required int OutputTokens { get; init; }

    /// <summary>Prompt tokens found in the cache at the first schedule-in.</summary>
    public required int HitTokens { get; init; }

    public required int Preemptions { get; init; }

    /// <summary>Time lost to preemptions: from each until as much of the call's KV stood again, or its end.</summary>
    public Duration Lost { get; init; }

    /// <summary>The part of <see cref="Lost"/> before the first token.</summary>
    public Duration LostInPrefill { get; init; }

    /// <summary>What it waited for before it was scheduled in.</summary>
    public HoldReasons HeldBy { get; init; }

    /// <summary>Of a refused call.</summary>
    public RefusalReason Refusal { get; init; }

    /// <summary>The worker it was sent to; meaningless for a call that was refused at arrival.</summary>
    public required WorkerId Worker { get; init; }
}
