using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A wait for the end of a process; or the run of a part of one, if it has not been started.</summary>
public readonly struct ProcessAwaiter : ICriticalNotifyCompletion, IKernelWait
{
    private readonly Process target;

    internal ProcessAwaiter(Process target) => this.target = target;

    /// <summary>Whether it is past: the process that waits goes on at once.</summary>
    public bool IsCompleted => target.IsProcessed;

    /// <summary>Over; throws its failure, or that the process that waits was interrupted.</summary>
    public void GetResult()
    {
        if (target.IsPart)
        {
            target.LeavePart();
        }
        else
        {
            target.Outcome();
        }
    }

    /// <summary>Always refused: only processes wait.</summary>
    public void OnCompleted(Action continuation) => throw KernelWait.OutsideProcess();

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation) => throw KernelWait.OutsideProcess();

    void IKernelWait.Suspend(Process frame) => frame.Call(target);
}
