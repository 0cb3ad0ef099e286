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
    public bool IsCompleted => target.IsProcessed;

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

    /// <summary>Always refused: only processes wait.</summary>
    public void OnCompleted(Action continuation) => throw KernelWait.OutsideProcess();

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation) => throw KernelWait.OutsideProcess();

    void IKernelWait.Suspend(Process frame)
    {
        frame.Owner.WaitFor(target);
        frame.Owner.Sleep(patience.Ns, Phase.Process);
    }
}
