using System.Runtime.CompilerServices;

namespace Cortex.Sim.Kernel;

/// <summary>A <see cref="Process"/> whose method returns a value: that of its end.</summary>
/// <typeparam name="T">Of the value.</typeparam>
[AsyncMethodBuilder(typeof(ProcessMethodBuilder<>))]
public abstract class Process<T> : Process
{
    private T? returned;

    private protected Process(ProcessPool pool)
        : base(pool)
    {
    }

    /// <inheritdoc/>
    public sealed override object? Value => Result;

    /// <summary>What it returned.</summary>
    /// <exception cref="InvalidOperationException">It has not ended, or failed.</exception>
    public T Result
    {
        get
        {
            EnsureValue();
            return returned!;
        }
    }

    /// <summary>As <see cref="Process.GetAwaiter"/>; gives what the process returned.</summary>
    public new ProcessAwaiter<T> GetAwaiter() => new(this);

    internal void Return(T value)
    {
        returned = value;
        Finish(null);
    }

    /// <summary>What the method returned, whether or not its end has been an event.</summary>
    internal T Returned => returned!;

    private protected void ForgetValue() => returned = default;
}
