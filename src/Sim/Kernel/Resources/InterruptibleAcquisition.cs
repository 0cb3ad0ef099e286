using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A wait for a lease of a slot that an interrupt ends by a value, and withdraws.</summary>
public readonly struct InterruptibleAcquisition : ICriticalNotifyCompletion, IKernelWait
{
    private readonly Acquisition wait;

    internal InterruptibleAcquisition(Acquisition wait) => this.wait = wait;

    /// <summary>Whether a slot was free: the process goes on at once.</summary>
    public bool IsCompleted => wait.IsCompleted;

    /// <summary>Itself.</summary>
    public InterruptibleAcquisition GetAwaiter() => this;

    /// <summary>The lease, or the interrupt.</summary>
    public Wake<Lease> GetResult() => wait.Outcome();

    /// <summary>Arranges that the process goes on when the wait is over. Refused for all that is no process: the run stops.</summary>
    public void OnCompleted(Action continuation)
    {
        if (KernelWait.Frame(continuation, wait.Environment) is { } frame)
        {
            wait.Suspend(frame);
        }
    }

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);
}
