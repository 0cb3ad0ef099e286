using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>Delays. What is in seconds becomes whole nanoseconds here, and nowhere else.</summary>
public sealed partial class SimEnvironment
{
    /// <summary>A sleep, to be awaited at once.</summary>
    /// <param name="length">0 or more; without length it ends behind what is due.</param>
    /// <param name="phase">Its place within the instant of its end.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public Delay Delay(Duration length, Phase phase = Phase.Process)
    {
        EnsureDelay(length);
        return new(this, length.Ns, phase);
    }

    /// <summary>
    /// A sleep in seconds, to be awaited at once. What rounding to nanoseconds leaves over is carried to the process's next sleep in
    /// seconds, so that many short ones do not drift.
    /// </summary>
    /// <param name="seconds">0 or more, to 292 years.</param>
    /// <param name="phase">Its place within the instant of its end.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, too long, or not a number.</exception>
    public Delay Delay(double seconds, Phase phase = Phase.Process) => new(this, Whole(seconds).Ns, phase);

    /// <inheritdoc cref="Delay(Duration, Phase)"/>
    public Delay Delay(TimeSpan length, Phase phase = Phase.Process) => Delay(Duration(length), phase);

    /// <summary>An event after a delay. To sleep, <see cref="Delay(Duration, Phase)"/> costs less.</summary>
    /// <inheritdoc cref="Delay(Duration, Phase)"/>
    public TimeoutEvent Timeout(Duration length, Phase phase = Phase.Process)
    {
        EnsureDelay(length);
        return new(this, length, phase);
    }

    /// <inheritdoc cref="Delay(double, Phase)"/>
    public TimeoutEvent Timeout(double seconds, Phase phase = Phase.Process) => new(this, Whole(seconds), phase);

    /// <inheritdoc cref="Timeout(Duration, Phase)"/>
    public TimeoutEvent Timeout(TimeSpan length, Phase phase = Phase.Process) => Timeout(Duration(length), phase);

    /// <summary>An event with a value after a delay.</summary>
    /// <inheritdoc cref="Delay(Duration, Phase)"/>
    public TimeoutEvent<T> Timeout<T>(Duration length, T value, Phase phase = Phase.Process)
    {
        EnsureDelay(length);
        return new(this, length, value, phase);
    }

    /// <summary>An event with a value after a delay in seconds.</summary>
    /// <inheritdoc cref="Delay(double, Phase)"/>
    public TimeoutEvent<T> Timeout<T>(double seconds, T value, Phase phase = Phase.Process) => new(this, Whole(seconds), value, phase);

    /// <inheritdoc cref="Timeout{T}(Duration, T, Phase)"/>
    public TimeoutEvent<T> Timeout<T>(TimeSpan length, T value, Phase phase = Phase.Process) => Timeout(Duration(length), value, phase);

    internal static void EnsureDelay(Duration length)
    {
        if (length.Ns < 0)
        {
            Refusals.NegativeDelay(length.Ns);
        }
    }

    private static Duration Duration(TimeSpan length) => new(checked(length.Ticks * TimeSpan.NanosecondsPerTick));

    private Duration Whole(double seconds)
    {
        double exact = (seconds * NanosecondsPerSecond) + (Running?.Remainder ?? 0);
        if (!(seconds >= 0) || exact >= long.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "a delay is 0 s or more, and less than 292 years");
        }
        double whole = Math.Max(0, Math.Round(exact, MidpointRounding.ToEven));
        if (Running is { } process)
        {
            process.Remainder = exact - whole;
        }
        return new((long)whole);
    }
}
