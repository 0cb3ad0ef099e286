namespace Cortex.Serving;

/// <summary>Why the step right before the one that scheduled a call in had admitted nobody more: what the call waited for last, each time.</summary>
[Flags]
public enum HoldReasons : byte
{
    None = 0,

    /// <summary>Too few free KV blocks for the head of the queue, or a step that preempted and therefore admits nobody.</summary>
    Memory = 1,

    /// <summary>As many sequences were running as may.</summary>
    Sequences = 2,

    /// <summary>The step's token budget was spent.</summary>
    TokenBudget = 4,
}
