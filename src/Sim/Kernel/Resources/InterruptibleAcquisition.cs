using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A wait for a lease of a slot that an interrupt ends by a value, and withdraws.</summary>
public readonly struct InterruptibleAcquisition : ICriticalNotifyCompletion, IKernelWait
{
    private readonly Acquisition wait;

    internal InterruptibleAcquisition(Acquisition wait) => this.wait = wait;

    /// <summary>False: a free slot too is handed over behind what is due.</summary>
    public bool IsCompleted => false;

    /// <summary>Itself.</summary>
    public InterruptibleAcquisition GetAwaiter() => this;

    /// <summary>The lease, or the interrupt.</summary>
    public Wake<Lease> GetResult() => wait.Outcome();

    /// <summary>Always refused: only processes wait.</summary>
    public void OnCompleted(Action continuation) => throw KernelWait.OutsideProcess();

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation) => throw KernelWait.OutsideProcess();

    void IKernelWait.Suspend(Process frame) => wait.Suspend(frame);
}
