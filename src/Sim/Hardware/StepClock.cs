using Cortex.CostModels;
using Cortex.Policies;

namespace Cortex.Sim.Hardware;

/// <summary>
/// One engine's clock: the only place where seconds of steps become nanoseconds. It keeps the sum of steps since the engine became busy,
/// in 2⁻²⁰ ns, so that step j ends at the busy start + that sum rounded half to even, however the steps were taken: one by one or
/// many at once. Rounding each step alone would let the clock drift, by 47 ms over half a million steps.
/// </summary>
/// <param name="rounding">Whether a step's remainder is carried to the next one, which is the cost model's to say.</param>
public struct StepClock(StepRounding rounding)
{
    private const int FractionBits = 20;
    private const long Half = 1L << (FractionBits - 1);
    private const double UnitsPerSecond = 1e9 * (1L << FractionBits);

    /// <summary>Longest step: 2⁴² ns, over an hour.</summary>
    private const double MaxSeconds = (1L << 42) / 1e9;

    // The busy start plus an even number of nanoseconds: even, so that ties go the same way as in the sum from the start.
    private long originNs;

    // From there on, in units; below 2 ns, so that no busy period is too long.
    private long position;

    /// <summary>End of the last step taken, or the instant given to <see cref="Idle"/> if none was.</summary>
    public Instant Now => At(position);

    /// <summary>The engine has nothing to run, or starts after having had nothing: the remainder is dropped and time goes on from <paramref name="now"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Before the end of the last step.</exception>
    public void Idle(Instant now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(now, Now);
        originNs = now.Ns;
        position = 0;
    }

    /// <summary>Takes steps and gives the end of the last: the same as taking them one after the other.</summary>
    /// <param name="seconds">Time of each, 0 to 4,398.</param>
    /// <param name="count">How many, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative, too long or unordered time, or a negative count.</exception>
    /// <exception cref="OverflowException">They end beyond 292 years; the clock is left as it was.</exception>
    public Instant Advance(double seconds, int count)
    {
        Int128 sum = Sum(seconds, count);
        Instant end = At(sum);
        originNs = checked(originNs + ((long)(sum >> (FractionBits + 1)) << 1));
        position = (long)(sum & ((1L << (FractionBits + 1)) - 1));
        return end;
    }

    /// <summary>When so many steps would end; takes none.</summary>
    /// <inheritdoc cref="Advance"/>
    public Instant TimeAfter(double seconds, int count) => At(Sum(seconds, count));

    /// <summary>How many steps of this length, taken from now on, would have ended by <paramref name="at"/> or at it.</summary>
    /// <param name="seconds">Time of each, as in <see cref="Advance"/>.</param>
    /// <param name="at">Any instant; 0 steps have ended before <see cref="Now"/>.</param>
    public int StepsEndedBy(double seconds, Instant at)
    {
        long unit = Units(seconds);
        if (at < Now)
        {
            return 0;
        }
        if (unit == 0)
        {
            return int.MaxValue;
        }
        // The largest sum that still rounds to `at`: the half above it goes down to an even nanosecond and up from an odd one.
        long ns = at.Ns - originNs;
        Int128 last = ((Int128)ns << FractionBits) + Half - (ns & 1);
        return (int)Int128.Min(int.MaxValue, (last - position) / unit);
    }

    private Int128 Sum(double seconds, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return position + ((Int128)Units(seconds) * count);
    }

    private long Units(double seconds)
    {
        if (!(seconds is >= 0 and <= MaxSeconds))
        {
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "a step takes 0 to 4398 seconds");
        }
        return rounding == StepRounding.EachStep
            ? Duration.FromSeconds(seconds).Ns << FractionBits
            : (long)Math.Round(seconds * UnitsPerSecond, MidpointRounding.ToEven);
    }

    private Instant At(Int128 units)
    {
        Int128 whole = units >> FractionBits;
        long rest = (long)(units & ((1L << FractionBits) - 1));
        bool up = rest > Half || (rest == Half && (whole & 1) == 1);
        return new(checked(originNs + (long)whole + (up ? 1 : 0)));
    }
}
