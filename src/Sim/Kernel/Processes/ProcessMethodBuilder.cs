using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>What the compiler makes processes with. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ProcessMethodBuilder
{
    private Process? process;

    /// <summary>What the call of the method gives.</summary>
    public readonly Process Task => process!;

    /// <summary>A builder for one call.</summary>
    public static ProcessMethodBuilder Create() => default;

    /// <summary>Keeps the method's state; runs nothing.</summary>
    public void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        ProcessBox<TStateMachine> box = ProcessBox<TStateMachine>.Take();
        process = box; // Before the state, of which this builder is a part, is copied.
        box.Begin(ref stateMachine);
    }

    /// <summary>Does nothing: the state is in its place from the start.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    /// <summary>The method has returned.</summary>
    public readonly void SetResult() => process!.Finish(null);

    /// <summary>The method has thrown.</summary>
    public readonly void SetException(Exception exception) => process!.Finish(exception);

    /// <inheritdoc cref="AwaitUnsafeOnCompleted"/>
    public readonly void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => KernelWait.Suspend(ref awaiter, process!);

    /// <summary>The method waits.</summary>
    /// <exception cref="InvalidOperationException">For something that is not the kernel's.</exception>
    public readonly void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => KernelWait.Suspend(ref awaiter, process!);
}
