using System.Collections.Immutable;
using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>
/// Where the time of a workflow went: the parts of its critical path, which runs from its arrival to its end through the nodes that each
/// released the next. The parts add up to the workflow's time, to the nanosecond. KV is not moved between workers yet, so that no part is
/// a transfer.
/// </summary>
/// <param name="Queue">See <see cref="CallPhases.Queue"/>.</param>
/// <param name="Prefill">See <see cref="CallPhases.Prefill"/>.</param>
/// <param name="Decode">See <see cref="CallPhases.Decode"/>.</param>
/// <param name="Preemption">See <see cref="CallPhases.Preemption"/>.</param>
/// <param name="Tool">Tools at work.</param>
/// <param name="Think">The clients' own: delays before nodes, and people.</param>
public readonly record struct WorkflowBlame(Duration Queue, Duration Prefill, Duration Decode, Duration Preemption, Duration Tool, Duration Think)
{
    /// <summary>Names of the parts, in the order of the columns and of <see cref="ToArray"/>.</summary>
    public static ImmutableArray<string> Parts { get; } = ["queue", "prefill", "decode", "preemption", "tool", "think"];

    /// <summary>The workflow's time.</summary>
    public Duration Total => Queue + Prefill + Decode + Preemption + Tool + Think;

    /// <summary>In the order of <see cref="Parts"/>.</summary>
    public Duration[] ToArray() => [Queue, Prefill, Decode, Preemption, Tool, Think];

    internal WorkflowBlame With(in CallPhases call) => this with
    {
        Queue = Queue + call.Queue,
        Prefill = Prefill + call.Prefill,
        Decode = Decode + call.Decode,
        Preemption = Preemption + call.Preemption,
    };
}
