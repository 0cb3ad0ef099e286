using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A sleep that an interrupt ends by a value.</summary>
public readonly struct InterruptibleDelay : ICriticalNotifyCompletion, IKernelWait
{
    private readonly Delay delay;

    internal InterruptibleDelay(Delay delay) => this.delay = delay;

    /// <summary>False: even without length it ends behind what is due.</summary>
    public bool IsCompleted => delay.IsCompleted;

    /// <summary>Itself.</summary>
    public InterruptibleDelay GetAwaiter() => this;

    /// <summary>How it ended.</summary>
    public Wake GetResult() => delay.Outcome();

    /// <summary>Arranges that the process goes on when the wait is over. Refused for all that is no process: the run stops.</summary>
    public void OnCompleted(Action continuation)
    {
        if (KernelWait.Frame(continuation, delay.Environment) is { } frame)
        {
            delay.Suspend(frame);
        }
    }

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);
}
