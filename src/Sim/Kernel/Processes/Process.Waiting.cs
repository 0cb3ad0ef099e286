namespace Cortex.Sim.Kernel;

/// <summary>How a process waits, and how it goes on.</summary>
public abstract partial class Process
{
    internal void Sleep(long delay, Phase phase) => Owned!.Agenda.SetTimer(this, delay, phase);

    internal void WaitFor(Event target)
    {
        if (target.Owned != Owned)
        {
            Refusals.OtherEnvironment(this);
        }
        target.AddListener(this);
        Target = target;
    }

    /// <summary>Waits for what will not be an event, but call <see cref="Wake"/>.</summary>
    internal void WaitToBeWoken(Event target)
    {
        if (target.Owned != Owned)
        {
            Refusals.OtherEnvironment(this);
        }
        Target = target;
    }

    /// <summary>Its wait is over; it goes on behind what is due.</summary>
    internal void Wake()
    {
        Target = null;
        Owned!.Agenda.AddTimer(this);
    }

    /// <summary>It sleeps no longer, waits for nothing, and goes on to be told of an interrupt.</summary>
    internal void Deliver(Interruption interrupt)
    {
        Owned!.Agenda.CancelTimer(this);
        Target?.RemoveListener(this);
        Target = null;
        interruption = interrupt;
        Resume();
    }

    /// <summary>The interrupt that ended the wait, if one did. Asked once, by the wait.</summary>
    internal Interruption? TakeInterruption()
    {
        Interruption? taken = interruption;
        if (taken is not null)
        {
            interruption = null;
        }
        return taken;
    }

    internal void ThrowIfInterrupted()
    {
        if (interruption is not null)
        {
            throw new InterruptException(TakeInterruption()!.Cause);
        }
    }

    /// <summary>Whether it was the guard of a timed wait that ended it. Asked once, by the wait.</summary>
    internal bool TakeTimedOut()
    {
        bool taken = TimedOut;
        TimedOut = false;
        return taken;
    }

    internal sealed override void Fire()
    {
        if (stage != ProcessStage.Alive)
        {
            base.Fire(); // Its end is an event like any other.
            return;
        }
        if (Target is not null)
        {
            Target.RemoveListener(this);
            Target = null;
            TimedOut = true;
        }
        Resume();
    }

    internal sealed override void Heard(Event happened)
    {
        Target = null;
        if (Ticket != 0)
        {
            Owned!.Agenda.CancelTimer(this);
        }
        Resume();
    }

    private void Resume()
    {
        SimEnvironment environment = Owned!;
        environment.Running = this;
        Process frame;
        while (true)
        {
            frame = innermost;
            frame.MoveNext();
            if (frame.stage == ProcessStage.Ended && frame.caller is not null)
            {
                innermost = frame.caller;
            }
            else if (innermost == frame)
            {
                break;
            }
        }
        environment.Running = null;
        if (stage == ProcessStage.Ended)
        {
            End();
        }
    }
}
