using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A wait for a lease of a slot. An interrupt withdraws it.</summary>
public readonly struct Acquisition : ICriticalNotifyCompletion, IKernelWait
{
    private readonly Request request;

    internal Acquisition(Request request) => this.request = request;

    /// <summary>False: a free slot too is handed over behind what is due.</summary>
    public bool IsCompleted => false;

    /// <summary>Itself.</summary>
    public Acquisition GetAwaiter() => this;

    /// <summary>Waits so that an interrupt comes as a value.</summary>
    public InterruptibleAcquisition OrInterrupt() => new(this);

    /// <summary>The lease; throws that the process was interrupted.</summary>
    public Lease GetResult()
    {
        Wake<Lease> wake = Outcome();
        return wake.Interrupted ? throw new InterruptException(wake.Cause) : wake.Value;
    }

    /// <summary>Always refused: only processes wait.</summary>
    public void OnCompleted(Action continuation) => throw KernelWait.OutsideProcess();

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation) => throw KernelWait.OutsideProcess();

    void IKernelWait.Suspend(Process frame) => Suspend(frame);

    internal void Suspend(Process frame) => frame.Owner.WaitFor(request);

    internal Wake<Lease> Outcome()
    {
        if (request.Environment.Running!.TakeInterruption() is not { } interruption)
        {
            return new(false, null, new(request));
        }
        bool queued = request.IsTriggered; // Its grant is still to be processed, so that the object is not free.
        request.Dispose();
        if (!queued)
        {
            request.Resource.Spare(request);
        }
        return new(true, interruption.Cause, default);
    }
}
