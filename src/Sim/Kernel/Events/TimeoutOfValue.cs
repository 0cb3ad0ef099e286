using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>A <see cref="TimeoutEvent"/> that carries a value.</summary>
/// <typeparam name="T">Of the value.</typeparam>
public sealed class TimeoutEvent<T> : Event<T>, IDisposable
{
    internal TimeoutEvent(SimEnvironment environment, Duration delay, T value, Phase phase)
        : base(environment)
    {
        environment.Agenda.SetTimer(this, delay.Ns, phase);
        MarkTriggered();
        Carried = value;
    }

    /// <inheritdoc cref="TimeoutEvent.Cancel"/>
    public bool Cancel()
    {
        bool ahead = Ticket != 0;
        Environment.Agenda.CancelTimer(this);
        return ahead;
    }

    /// <inheritdoc cref="TimeoutEvent.Cancel"/>
    public void Dispose() => Cancel();
}
