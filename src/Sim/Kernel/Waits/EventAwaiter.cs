using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A wait for an event.</summary>
public readonly struct EventAwaiter : ICriticalNotifyCompletion, IKernelWait
{
    private readonly Event target;

    internal EventAwaiter(Event target) => this.target = target;

    /// <summary>Whether it is past: the process goes on at once.</summary>
    public bool IsCompleted => target.IsProcessed;

    /// <summary>Over; throws its failure, or that the process was interrupted.</summary>
    public void GetResult() => target.Outcome();

    /// <summary>Always refused: only processes wait.</summary>
    public void OnCompleted(Action continuation) => throw KernelWait.OutsideProcess();

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation) => throw KernelWait.OutsideProcess();

    void IKernelWait.Suspend(Process frame) => frame.Owner.WaitFor(target);
}
