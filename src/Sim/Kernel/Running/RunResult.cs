using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>Why a run ended.</summary>
public enum RunEnd
{
    /// <summary>Nothing was left to happen.</summary>
    Exhausted,

    /// <summary>Its time was reached.</summary>
    TimeReached,

    /// <summary>The event it waited for has been processed.</summary>
    EventProcessed,
}

/// <summary>How a run ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Events">Processed by this run.</param>
/// <param name="Now">Where the clock stands.</param>
public readonly record struct RunResult(RunEnd Reason, long Events, Instant Now);
