using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A sleep that an interrupt ends by a value.</summary>
public readonly struct InterruptibleDelay : ICriticalNotifyCompletion, IKernelWait
{
    private readonly Delay delay;

    internal InterruptibleDelay(Delay delay) => this.delay = delay;

    /// <summary>False: even without length it ends behind what is due.</summary>
    public bool IsCompleted => false;

    /// <summary>Itself.</summary>
    public InterruptibleDelay GetAwaiter() => this;

    /// <summary>How it ended.</summary>
    public Wake GetResult() => delay.Outcome();

    /// <summary>Always refused: only processes sleep.</summary>
    public void OnCompleted(Action continuation) => throw KernelWait.OutsideProcess();

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation) => throw KernelWait.OutsideProcess();

    void IKernelWait.Suspend(Process frame) => delay.Suspend(frame);
}
