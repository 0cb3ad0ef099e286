using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A wait for an event.</summary>
public readonly struct EventAwaiter : ICriticalNotifyCompletion, IKernelWait
{
    private readonly Event target;

    internal EventAwaiter(Event target) => this.target = target;

    /// <summary>Whether it is past: the process goes on at once.</summary>
    public bool IsCompleted => target.IsProcessed || !KernelWait.EnsureInside(target.Owned);

    /// <summary>Over; throws its failure, or that the process was interrupted.</summary>
    public void GetResult() => target.Outcome();

    /// <summary>Arranges that the process goes on when the wait is over. Refused for all that is no process: the run stops.</summary>
    public void OnCompleted(Action continuation)
    {
        if (KernelWait.Frame(continuation, target.Owned) is { } frame)
        {
            frame.Owner.WaitFor(target);
        }
    }

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);
}
