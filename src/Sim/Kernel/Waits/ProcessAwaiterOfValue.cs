using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A wait for the end of a process that returns a value; or the run of a part of one, if it has not been started.</summary>
public readonly struct ProcessAwaiter<T> : ICriticalNotifyCompletion, IKernelWait
{
    private readonly Process<T> target;

    internal ProcessAwaiter(Process<T> target) => this.target = target;

    /// <summary>Whether it is past: the process that waits goes on at once.</summary>
    public bool IsCompleted => target.IsProcessed || !KernelWait.EnsureInside(target.Owned);

    /// <summary>What it returned; throws its failure, or that the process that waits was interrupted.</summary>
    public T GetResult()
    {
        if (target.IsPart)
        {
            T returned = target.Returned;
            target.LeavePart();
            return returned;
        }
        target.Outcome();
        return target.Result;
    }

    /// <summary>Arranges that the process goes on when the wait is over. Refused for all that is no process: the run stops.</summary>
    public void OnCompleted(Action continuation)
    {
        if (KernelWait.Frame(continuation, target.Owned) is { } frame)
        {
            frame.Call(target);
        }
    }

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);
}
