using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A process with a value, together with the state of its method. Objects whose process has ended are used again, by the thread that ran them.</summary>
internal sealed class ProcessBox<TStateMachine, T> : Process<T>
    where TStateMachine : IAsyncStateMachine
{
    private TStateMachine? machine;

    private protected override string MethodName => MethodNames.Of(typeof(TStateMachine));

    private ProcessBox(ProcessPool pool)
        : base(pool)
    {
    }

    public static ProcessBox<TStateMachine, T> Take()
    {
        ProcessPool pool = PerThread<TStateMachine>.Pool ??= new();
        if (pool.First is not ProcessBox<TStateMachine, T> box)
        {
            return new(pool);
        }
        pool.First = box.TakeNextFree();
        return box;
    }

    public void Begin(ref TStateMachine start)
    {
        machine = start;
        Pool.Unstarted.Add(this);
    }

    private protected override void MoveNext() => machine!.MoveNext();

    private protected override void Forget()
    {
        machine = default;
        ForgetValue();
    }
}
