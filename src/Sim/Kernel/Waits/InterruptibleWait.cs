using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A wait for an event that an interrupt ends by a value.</summary>
public readonly struct InterruptibleWait : ICriticalNotifyCompletion, IKernelWait
{
    private readonly Event target;

    internal InterruptibleWait(Event target) => this.target = target;

    /// <summary>Whether it is past: the process goes on at once.</summary>
    public bool IsCompleted => target.IsProcessed || !KernelWait.EnsureInside(target.Owned);

    /// <summary>Itself.</summary>
    public InterruptibleWait GetAwaiter() => this;

    /// <summary>How it ended; throws the event's failure.</summary>
    public Wake GetResult() => target.OutcomeOrInterrupt(out object? cause) ? default : new(true, cause);

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
