using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A process together with the state of its method. Objects whose process has ended are used again, by the thread that ran them.</summary>
internal sealed class ProcessBox<TStateMachine> : Process
    where TStateMachine : IAsyncStateMachine
{
    private ProcessBox<TStateMachine>? nextFree;
    private TStateMachine? machine;

    private protected override string MethodName => MethodNames.Of(typeof(TStateMachine));

    public static ProcessBox<TStateMachine> Take()
    {
        ref ProcessBox<TStateMachine>? free = ref PerThread<ProcessBox<TStateMachine>>.Value;
        ProcessBox<TStateMachine>? box = free;
        if (box is null)
        {
            return new();
        }
        free = box.nextFree;
        box.nextFree = null;
        box.Renew();
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
        ref ProcessBox<TStateMachine>? free = ref PerThread<ProcessBox<TStateMachine>>.Value;
        nextFree = free;
        free = this;
    }
}
