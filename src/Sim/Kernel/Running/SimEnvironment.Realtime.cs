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
        RealTime real = new(clock, Now, factor, strict);
        long before = ProcessedEvents;
        while (Peek() is { } next && (until is null || next < until))
        {
            StepAt(real, next);
        }
        if (until is not { } end)
        {
            return new(RunEnd.Exhausted, ProcessedEvents - before, Now);
        }
        real.WaitFor(end);
        return Run(end) with { Events = ProcessedEvents - before }; // Nothing is due before; the clock moves.
    }

    /// <summary>Runs until an event has been processed, each event not before its real time has come.</summary>
    /// <param name="until">As <see cref="Run(Event)"/>.</param>
    /// <inheritdoc cref="RunRealtime(IWallClock, Instant?, double, bool)"/>
    public RunResult RunRealtime(IWallClock clock, Event until, double factor = 1, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(until);
        RealTime real = new(clock, Now, factor, strict);
        long before = ProcessedEvents;
        while (!until.IsProcessed && Peek() is { } next)
        {
            StepAt(real, next);
        }
        return Run(until) with { Events = ProcessedEvents - before }; // It is past, or never comes.
    }

    private void StepAt(RealTime real, Instant next)
    {
        real.WaitFor(next);
        real.EnsureInTime(next);
        Step();
    }

    /// <summary>When simulated times come in real time.</summary>
    private sealed class RealTime
    {
        private readonly IWallClock clock;
        private readonly Instant start;
        private readonly Duration begin;
        private readonly double factor;
        private readonly bool strict;

        public RealTime(IWallClock clock, Instant start, double factor, bool strict)
        {
            ArgumentNullException.ThrowIfNull(clock);
            if (!(factor > 0))
            {
                throw new ArgumentOutOfRangeException(nameof(factor), factor, "real seconds for a simulated one: above 0");
            }
            this.clock = clock;
            this.start = start;
            this.factor = factor;
            this.strict = strict;
            begin = clock.Elapsed;
        }

        public void WaitFor(Instant at)
        {
            while (Ahead(at) is var left and > 0)
            {
                clock.Sleep(new(left));
            }
        }

        public void EnsureInTime(Instant at)
        {
            if (strict && -Ahead(at) is var lag && lag > Policies.Duration.FromSeconds(factor).Ns)
            {
                throw new TimeoutException(FormattableString.Invariant(
                    $"the model is too slow for real time: {lag / NanosecondsPerSecond:F3} s behind at {at.Seconds:F9} s"));
            }
        }

        /// <summary>Real nanoseconds until a simulated time.</summary>
        private long Ahead(Instant at) => begin.Ns + Policies.Duration.FromSeconds((at - start).Seconds * factor).Ns - clock.Elapsed.Ns;
    }
}
