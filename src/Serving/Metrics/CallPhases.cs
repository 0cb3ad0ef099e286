using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>Where a call's time went. The four add up to its end − ready, to the nanosecond; definitions: <c>docs/metrics.md</c>.</summary>
/// <param name="Queue">Until the first schedule-in, or to the end of a call that never was scheduled.</param>
/// <param name="Prefill">From there to the first token, without what preemptions cost.</param>
/// <param name="Decode">From the first token to the end, without what preemptions cost.</param>
/// <param name="Preemption">From each preemption until as much KV stood again: waiting and computing anew.</param>
public readonly record struct CallPhases(Duration Queue, Duration Prefill, Duration Decode, Duration Preemption)
{
    /// <param name="call">A call that has an end.</param>
    public static CallPhases Of(in CallRecord call)
    {
        Instant scheduled = call.Scheduled < call.End ? call.Scheduled : call.End;
        Instant first = call.FirstToken < call.End ? call.FirstToken : call.End;
        return new(
            scheduled - call.Ready,
            first - scheduled - call.LostInPrefill,
            call.End - first - (call.Lost - call.LostInPrefill),
            call.Lost);
    }
}
