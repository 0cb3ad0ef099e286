namespace Cortex.Sim.Kernel;

/// <summary>A wait that a process may enter.</summary>
internal interface IKernelWait
{
    /// <summary>Arranges that the process goes on when the wait is over.</summary>
    /// <param name="frame">The part of the process that waits.</param>
    void Suspend(Process frame);
}

/// <summary>The gate through which every <c>await</c> of a process goes.</summary>
internal static class KernelWait
{
    public static void Suspend<TAwaiter>(ref TAwaiter awaiter, Process frame)
    {
        if (awaiter is not IKernelWait)
        {
            throw new InvalidOperationException(
                $"process '{frame.Name}' awaits something that is not the simulation's ({typeof(TAwaiter).DeclaringType ?? typeof(TAwaiter)}): "
                + "a process waits for delays, events, other processes, resources and stores, never for tasks or I/O");
        }
        ((IKernelWait)awaiter).Suspend(frame); // No box: the compiler knows the type of a struct here.
    }

    /// <summary>What a wait answers to an async method that is not a process.</summary>
    public static InvalidOperationException OutsideProcess() => new(
        "what belongs to a simulation is awaited inside a process: let the async method return Process");
}
