namespace Cortex.Policies;

/// <summary>Which running call gives up its KV when memory is short.</summary>
public enum VictimOrder
{
    /// <summary>The tail of the running list, that is the latest schedule-in.</summary>
    YoungestAdmission,

    /// <summary>The call with the largest key; ties by the latest arrival.</summary>
    LargestKey,
}

/// <summary>Asked when a call enters a queue: its place. The core keeps the heap, ordered by key, then by arrival number.</summary>
public interface ISchedulingPolicy
{
    /// <summary>The call's key; smaller goes first. A preempted call keeps its key.</summary>
    long Key(scoped in CallView call, scoped in PolicyContext context);

    VictimOrder Victims { get; }
}
