using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>What SimPy keeps in <c>simpy.util</c> and <c>simpy.rt</c>, and its guide's recipe for tracing.</summary>
public sealed partial class SimEnvironment
{
    private Action<KernelStep>? trace;

    /// <summary>Called before each step of the run, for monitoring; null: nobody looks, and nothing is paid for it.</summary>
    /// <exception cref="InvalidOperationException">Set by a process: the run has begun.</exception>
    public Action<KernelStep>? Trace
    {
        get => trace;
        set => trace = isRunning ? throw new InvalidOperationException("a run is traced from its begin on: set Trace between runs") : value;
    }

    /// <summary>Starts a process after a delay: what SimPy calls <c>start_delayed</c>.</summary>
    /// <param name="process">The call of its method.</param>
    /// <param name="delay">Above 0.</param>
    /// <returns>A process that ends when the other starts, and returns it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public Process<TProcess> StartDelayed<TProcess>(TProcess process, Duration delay)
        where TProcess : Process
    {
        ArgumentNullException.ThrowIfNull(process);
        if (delay.Ns <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(delay), delay.Ns, $"a delayed start comes later than the present: {delay.Ns} ns");
        }
        Unstarted.Remove(process); // It is on its way, and not forgotten.
        return Process(Starter(), "start of " + process.Name);

        async Process<TProcess> Starter()
        {
            await Timeout(delay);
            process.Start(this, keep: true, null);
            return process;
        }
    }

    /// <inheritdoc cref="StartDelayed{TProcess}(TProcess, Duration)"/>
    public Process<TProcess> StartDelayed<TProcess>(TProcess process, double seconds)
        where TProcess : Process => StartDelayed(process, Whole(seconds));

    /// <summary>
    /// Has the process that runs interrupted when the event is processed, with a <see cref="Subscription"/> as cause, as long as it lives:
    /// what SimPy calls <c>subscribe_at</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The event is past; or no process runs.</exception>
    public void SubscribeAt(Event happening)
    {
        ArgumentNullException.ThrowIfNull(happening);
        Process subscriber = ActiveProcess ?? throw new InvalidOperationException("a process subscribes: none runs");
        happening.AddCallback(past =>
        {
            if (subscriber.IsAlive)
            {
                subscriber.Interrupt(new Subscription(past, past.Failure ?? past.Value));
            }
        });
    }
}
