namespace Cortex.Serving.Decisions;

/// <summary>What a decision was about.</summary>
public enum DecisionAxis : byte
{
    /// <summary>Worker of a call; the answer is the worker.</summary>
    Routing,

    /// <summary>The next waiting call is admitted; the answer is the tokens hit (high word) and computed (low word).</summary>
    Admission,

    /// <summary>A running call gets tokens and blocks; the answer is the tokens. A decode that takes no block is no decision.</summary>
    Running,

    /// <summary>A running call loses its KV; the answer is the tokens computed.</summary>
    Preemption,

    /// <summary>Cached blocks lose their key to make room for a call; the answer is their number.</summary>
    Eviction,
}
