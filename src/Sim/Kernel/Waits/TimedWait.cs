using System.Runtime.CompilerServices;
using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>A wait for an event that ends at the latest after some time.</summary>
public readonly struct TimedWait : ICriticalNotifyCompletion, IKernelWait
{
    private readonly Event target;
    private readonly Duration patience;

    internal TimedWait(Event target, Duration patience)
    {
        this.target = target;
        this.patience = patience;
    }

    /// <summary>Whether the event is past: the process goes on at once.</summary>
    public bool IsCompleted => target.IsProcessed || !KernelWait.EnsureInside(target.Owned);

    /// <summary>Itself.</summary>
    public TimedWait GetAwaiter() => this;

    /// <summary>Whether the event has happened; throws its failure, or that the process was interrupted.</summary>
    public bool GetResult()
    {
        if (target.Environment.Running!.TakeTimedOut())
        {
            return false;
        }
        target.Outcome();
        return true;
    }

    /// <summary>Arranges that the process goes on when the wait is over. Refused for all that is no process: the run stops.</summary>
    public void OnCompleted(Action continuation)
    {
        if (KernelWait.Frame(continuation, target.Owned) is { } frame)
        {
            frame.Owner.WaitFor(target);
            frame.Owner.Sleep(patience.Ns, Phase.Process);
        }
    }

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);
}
