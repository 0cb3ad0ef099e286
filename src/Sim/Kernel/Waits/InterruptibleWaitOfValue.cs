using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A wait for an event with a value, that an interrupt ends by a value.</summary>
public readonly struct InterruptibleWait<T> : ICriticalNotifyCompletion, IKernelWait
{
    private readonly Event<T> target;

    internal InterruptibleWait(Event<T> target) => this.target = target;

    /// <summary>Whether it is past: the process goes on at once.</summary>
    public bool IsCompleted => target.IsProcessed || !KernelWait.EnsureInside(target.Owned);

    /// <summary>Itself.</summary>
    public InterruptibleWait<T> GetAwaiter() => this;

    /// <summary>How it ended; throws the event's failure.</summary>
    public Wake<T> GetResult() => target.OutcomeOrInterrupt(out object? cause) ? new(false, null, target.Result) : new(true, cause, default);

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
