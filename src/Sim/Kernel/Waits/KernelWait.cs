using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>Marks the waits that a process may enter.</summary>
internal interface IKernelWait;

/// <summary>The gate through which every <c>await</c> of a process goes.</summary>
internal static class KernelWait
{
    /// <summary>
    /// Hands the process to the wait: straight to the two that are entered most, and to others as a continuation, by which no structure is
    /// boxed, compiled for speed or not.
    /// </summary>
    public static void Suspend<TAwaiter>(ref TAwaiter awaiter, Process frame)
        where TAwaiter : INotifyCompletion
    {
        if (typeof(TAwaiter) == typeof(Delay))
        {
            Unsafe.As<TAwaiter, Delay>(ref awaiter).Suspend(frame);
            return;
        }
        if (typeof(TAwaiter) == typeof(Acquisition))
        {
            Unsafe.As<TAwaiter, Acquisition>(ref awaiter).Suspend(frame);
            return;
        }
        if (awaiter is not IKernelWait)
        {
            throw new InvalidOperationException(
                $"process '{frame.Name}' awaits something that is not the simulation's ({typeof(TAwaiter).DeclaringType ?? typeof(TAwaiter)}): "
                + "a process waits for delays, events, other processes, resources and stores, never for tasks or I/O");
        }
        awaiter.OnCompleted(frame.Continuation);
    }

    /// <summary>The part of a process that a wait has been handed. Null, and the run stops, if it is an async method that is no process.</summary>
    public static Process? Frame(Action continuation, SimEnvironment? environment)
    {
        if (continuation.Target is ProcessContinuation process)
        {
            return process.Frame;
        }
        if (environment is null)
        {
            throw OutsideProcess();
        }
        environment.StopBy(OutsideProcess());
        return null;
    }

    /// <summary>At the begin of a wait: refuses one outside all processes.</summary>
    /// <returns>True.</returns>
    public static bool EnsureInside(SimEnvironment? environment) =>
        environment?.Running is not null || UnstartedProcesses.Here.IsRunning ? true : throw OutsideProcess();

    private static InvalidOperationException OutsideProcess() => new(
        "what belongs to a simulation is awaited inside a process: let the async method return Process");
}
