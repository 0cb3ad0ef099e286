using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A sleep, to be awaited at once: nothing is allocated. For a sleep that others can see use a timeout.</summary>
public readonly struct Delay : ICriticalNotifyCompletion, IKernelWait
{
    private readonly SimEnvironment environment;
    private readonly long length;
    private readonly Phase phase;

    internal Delay(SimEnvironment environment, long length, Phase phase)
    {
        this.environment = environment;
        this.length = length;
        this.phase = phase;
    }

    /// <summary>False: even without length it ends behind what is due.</summary>
    public bool IsCompleted => !KernelWait.EnsureInside(environment);

    internal SimEnvironment Environment => environment;

    /// <summary>Itself.</summary>
    public Delay GetAwaiter() => this;

    /// <summary>Sleeps so that an interrupt comes as a value.</summary>
    public InterruptibleDelay OrInterrupt() => new(this);

    /// <summary>Over, or interrupted.</summary>
    public void GetResult() => environment.Running!.ThrowIfInterrupted();

    /// <summary>Arranges that the process goes on when the wait is over. Refused for all that is no process: the run stops.</summary>
    public void OnCompleted(Action continuation)
    {
        if (KernelWait.Frame(continuation, environment) is { } frame)
        {
            Suspend(frame);
        }
    }

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);

    internal Wake Outcome() => environment.Running!.TakeInterruption() is { } interruption ? new(true, interruption.Cause) : default;

    internal void Suspend(Process frame)
    {
        if (frame.Owned != environment)
        {
            Refusals.OtherEnvironment(frame);
        }
        frame.Owner.Sleep(length, phase);
    }
}
