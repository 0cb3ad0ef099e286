using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A wait for an event with a value, that an interrupt ends by a value.</summary>
public readonly struct InterruptibleWait<T> : ICriticalNotifyCompletion, IKernelWait
{
    private readonly Event<T> target;

    internal InterruptibleWait(Event<T> target) => this.target = target;

    /// <summary>Whether it is past: the process goes on at once.</summary>
    public bool IsCompleted => target.IsProcessed;

    /// <summary>Itself.</summary>
    public InterruptibleWait<T> GetAwaiter() => this;

    /// <summary>How it ended; throws the event's failure.</summary>
    public Wake<T> GetResult() => target.OutcomeOrInterrupt(out object? cause) ? new(false, null, target.Result) : new(true, cause, default);

    /// <summary>Always refused: only processes wait.</summary>
    public void OnCompleted(Action continuation) => throw KernelWait.OutsideProcess();

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation) => throw KernelWait.OutsideProcess();

    void IKernelWait.Suspend(Process frame) => frame.Owner.WaitFor(target);
}
