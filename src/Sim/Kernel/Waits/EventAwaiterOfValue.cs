using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A wait for an event with a value.</summary>
public readonly struct EventAwaiter<T> : ICriticalNotifyCompletion, IKernelWait
{
    private readonly Event<T> target;

    internal EventAwaiter(Event<T> target) => this.target = target;

    /// <summary>Whether it is past: the process goes on at once.</summary>
    public bool IsCompleted => target.IsProcessed || !KernelWait.EnsureInside(target.Owned);

    /// <summary>The value; throws the failure, or that the process was interrupted.</summary>
    public T GetResult()
    {
        target.Outcome();
        return target.Result;
    }

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
