using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A wait for a lease of a slot. An interrupt withdraws it.</summary>
public readonly struct Acquisition : ICriticalNotifyCompletion, IKernelWait
{
    private readonly Request request;

    internal Acquisition(Request request) => this.request = request;

    /// <summary>Whether a slot was free: the process goes on at once.</summary>
    public bool IsCompleted => request.GrantedAt >= 0 || !KernelWait.EnsureInside(request.Owned!);

    internal SimEnvironment Environment => request.Owned!;

    /// <summary>Itself.</summary>
    public Acquisition GetAwaiter() => this;

    /// <summary>Waits so that an interrupt comes as a value.</summary>
    public InterruptibleAcquisition OrInterrupt() => new(this);

    /// <summary>The lease; throws that the process was interrupted.</summary>
    public Lease GetResult() => request.Owned!.Running!.TakeInterruption() is { } interruption
        ? throw new InterruptException(Withdraw(interruption).Cause)
        : new(request);

    /// <summary>Arranges that the process goes on when the wait is over. Refused for all that is no process: the run stops.</summary>
    public void OnCompleted(Action continuation)
    {
        if (KernelWait.Frame(continuation, request.Owned!) is { } frame)
        {
            Suspend(frame);
        }
    }

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);

    internal void Suspend(Process frame)
    {
        frame.Owner.WaitToBeWoken(request);
        request.Waiter = frame.Owner;
    }

    internal Wake<Lease> Outcome() => request.Owned!.Running!.TakeInterruption() is { } interruption
        ? new(true, Withdraw(interruption).Cause, default)
        : new(false, null, new(request));

    private Interruption Withdraw(Interruption interruption)
    {
        request.Waiter = null;
        request.Resource.EndLease(request);
        return interruption;
    }
}
