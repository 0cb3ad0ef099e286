using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A process with a value, together with the state of its method. Objects whose process has ended are used again, by the thread that ran them.</summary>
internal sealed class ProcessBox<TStateMachine, T> : Process<T>
    where TStateMachine : IAsyncStateMachine
{
    private TStateMachine? machine;

    private protected override string MethodName => MethodNames.Of(typeof(TStateMachine));

    public static ProcessBox<TStateMachine, T> Take()
    {
        ref Process? free = ref PerThread<TStateMachine>.Free;
        if (free is not ProcessBox<TStateMachine, T> box)
        {
            return new();
        }
        free = box.TakeNextFree();
        return box;
    }

    public void Begin(ref TStateMachine start)
    {
        machine = start;
        UnstartedProcesses.Here.Add(this);
    }

    private protected override void MoveNext() => machine!.MoveNext();

    private protected override void Free()
    {
        machine = default;
        Forget();
        PutFree(ref PerThread<TStateMachine>.Free);
    }
}
