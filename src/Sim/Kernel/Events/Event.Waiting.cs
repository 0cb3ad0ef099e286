using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>How processes wait for an event, and how events are combined.</summary>
public partial class Event
{
    /// <summary>Waits. Throws the failure, and <see cref="InterruptException"/> if the process is interrupted meanwhile.</summary>
    public EventAwaiter GetAwaiter() => new(this);

    /// <summary>Waits so that an interrupt comes as a value: no exception, nothing allocated.</summary>
    public InterruptibleWait OrInterrupt() => new(this);

    /// <summary>
    /// Waits at most so long: gives whether the event has happened. The guard is taken back when it has, so that it costs nothing and
    /// does not keep the run going. Throws as a plain wait does.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public TimedWait Within(Duration patience)
    {
        SimEnvironment.EnsureDelay(patience);
        return new(this, patience);
    }

    /// <summary>Both.</summary>
    public static Condition operator &(Event left, Event right) => new AllOf(left.Environment, left, right);

    /// <summary>At least one.</summary>
    public static Condition operator |(Event left, Event right) => new AnyOf(left.Environment, left, right);
}
