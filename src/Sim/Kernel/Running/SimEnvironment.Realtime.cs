using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>Runs that keep step with real time: what SimPy calls RealtimeEnvironment and SimSharp PseudoRealtimeSimulation.</summary>
public sealed partial class SimEnvironment
{
    /// <summary>Runs until a time, each event not before its real time has come.</summary>
    /// <param name="clock">Real time.</param>
    /// <param name="until">As <see cref="Run(Instant)"/>; null: until nothing is left.</param>
    /// <param name="factor">Real seconds for each simulated one, above 0.</param>
    /// <param name="strict">Whether to stop once the model lags by more than a simulated second, as SimPy does.</param>
    /// <exception cref="TimeoutException">The model cannot keep up, and the run is strict.</exception>
    /// <inheritdoc cref="Run(Instant)"/>
    public RunResult RunRealtime(IWallClock clock, Instant? until = null, double factor = 1, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(clock);
        if (!(factor > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "real seconds for a simulated one: above 0");
        }
        Duration begin = clock.Elapsed;
        Instant start = Now;
        long before = ProcessedEvents;
        while (Peek() is { } next && (until is null || next < until))
        {
            WaitFor(next);
            if (strict && clock.Elapsed.Ns - RealTime(next).Ns is var lag && lag > Policies.Duration.FromSeconds(factor).Ns)
            {
                throw new TimeoutException(FormattableString.Invariant(
                    $"the model is too slow for real time: {lag / NanosecondsPerSecond:F3} s behind at {next.Seconds:F9} s"));
            }
            Step();
        }
        if (until is not { } end)
        {
            return new(RunEnd.Exhausted, ProcessedEvents - before, Now);
        }
        WaitFor(end);
        RunResult rest = Run(end); // Nothing is due before; the clock moves.
        return rest with { Events = ProcessedEvents - before };

        Duration RealTime(Instant at) => new(begin.Ns + Policies.Duration.FromSeconds((at - start).Seconds * factor).Ns);

        void WaitFor(Instant at)
        {
            while (RealTime(at).Ns - clock.Elapsed.Ns is var left and > 0)
            {
                clock.Sleep(new(left));
            }
        }
    }
}
