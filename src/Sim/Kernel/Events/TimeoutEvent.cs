using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>
/// An event at a time fixed at its creation; counts as triggered from then on. Unlike SimPy's it can be taken back, so that guards which
/// were not needed do not fill the calendar: <c>using</c> does it at the end of the block.
/// </summary>
public sealed class TimeoutEvent : Event, IDisposable
{
    internal TimeoutEvent(SimEnvironment environment, Duration delay, Phase phase)
        : base(environment)
    {
        environment.Agenda.SetTimer(this, delay.Ns, phase);
        MarkTriggered();
    }

    /// <summary>Takes it back if it lies ahead: it never happens then, and who waits for it is told nothing. False if it is past.</summary>
    public bool Cancel()
    {
        bool ahead = Ticket != 0;
        Environment.Agenda.CancelTimer(this);
        return ahead;
    }

    /// <inheritdoc cref="Cancel"/>
    public void Dispose() => Cancel();
}
