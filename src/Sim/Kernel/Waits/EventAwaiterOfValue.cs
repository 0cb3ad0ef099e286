using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A wait for an event with a value.</summary>
public readonly struct EventAwaiter<T> : ICriticalNotifyCompletion, IKernelWait
{
    private readonly Event<T> target;

    internal EventAwaiter(Event<T> target) => this.target = target;

    /// <summary>Whether it is past: the process goes on at once.</summary>
    public bool IsCompleted => target.IsProcessed;

    /// <summary>The value; throws the failure, or that the process was interrupted.</summary>
    public T GetResult()
    {
        target.Outcome();
        return target.Result;
    }

    /// <summary>Always refused: only processes wait.</summary>
    public void OnCompleted(Action continuation) => throw KernelWait.OutsideProcess();

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation) => throw KernelWait.OutsideProcess();

    void IKernelWait.Suspend(Process frame) => frame.Owner.WaitFor(target);
}
