using System.Diagnostics;

namespace Cortex.Sim.Kernel;

/// <summary>What the kernel can make happen at an instant: an event, a process that sleeps, a slot that is handed over.</summary>
public abstract class Schedulable
{
    private protected Schedulable()
    {
    }

    /// <summary>Names its entry among the timers of the <see cref="Agenda"/>; 0 if it has none.</summary>
    internal ulong Ticket;

    /// <summary>It is due.</summary>
    internal abstract void Fire();

    /// <summary>An event that it has subscribed to has been processed.</summary>
    internal virtual void Heard(Event happened) => throw new UnreachableException();
}
