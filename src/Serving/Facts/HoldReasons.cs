namespace Cortex.Serving;

/// <summary>What a call waited for last, each time: why the step right before the one that scheduled it in admitted nobody more. An engine that has nothing to do holds nobody.</summary>
[Flags]
public enum HoldReasons : byte
{
    /// <summary>It was admitted without waiting.</summary>
    None = 0,

    /// <summary>Too few free KV blocks for the head of the queue, or a step that preempted and therefore admits nobody.</summary>
    Memory = 1,

    /// <summary>As many sequences were running as may.</summary>
    Sequences = 2,

    /// <summary>The step's token budget was spent.</summary>
    TokenBudget = 4,
}
