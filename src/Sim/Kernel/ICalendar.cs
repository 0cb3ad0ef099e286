using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>Names one scheduled event, to cancel it. The default value names none.</summary>
/// <param name="Order">The event's place among those of its instant; no two events of a run share it.</param>
public readonly record struct EventHandle(ulong Order);

/// <summary>An event that is due.</summary>
/// <param name="At">When.</param>
/// <param name="Phase">Its place within the instant.</param>
/// <param name="Payload">What was given to <see cref="ICalendar.Schedule"/>.</param>
public readonly record struct ScheduledEvent(Instant At, Phase Phase, int Payload);

/// <summary>The simulator's future events in a total order: time, then phase, then order of scheduling.</summary>
public interface ICalendar
{
    /// <summary>Time of the last event taken; never goes back.</summary>
    Instant Now { get; }

    /// <summary>Events that are scheduled and not cancelled.</summary>
    int Count { get; }

    /// <summary>Adds an event.</summary>
    /// <param name="at">Not before <see cref="Now"/>, and before <see cref="Instant.Never"/>.</param>
    /// <param name="phase">Its place within the instant.</param>
    /// <param name="payload">The caller's own, such as an index.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time lies in the past or is never.</exception>
    /// <exception cref="InvalidOperationException">The run has scheduled, or waits for, more events than the calendar can number.</exception>
    EventHandle Schedule(Instant at, Phase phase, int payload);

    /// <summary>Takes an event back. False if it was taken or cancelled before: handles do not go stale in a dangerous way.</summary>
    bool Cancel(EventHandle handle);

    /// <summary>The next event, which stays. False if there is none.</summary>
    bool TryPeek(out ScheduledEvent next);

    /// <summary>Takes the next event and moves <see cref="Now"/> to its time. False if there is none.</summary>
    bool TryPop(out ScheduledEvent next);
}
