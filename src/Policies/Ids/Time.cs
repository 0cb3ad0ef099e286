namespace Cortex.Policies;

/// <summary>A point in simulated or live time, in nanoseconds from the start of the run. Never negative.</summary>
public readonly record struct Instant(long Ns) : IComparable<Instant>
{
    public static readonly Instant Zero = new(0);
    public static readonly Instant Never = new(long.MaxValue);

    public int CompareTo(Instant other) => Ns.CompareTo(other.Ns);

    public static Instant operator +(Instant start, Duration length) => new(checked(start.Ns + length.Ns));
    public static Duration operator -(Instant end, Instant start) => new(end.Ns - start.Ns);
    public static bool operator <(Instant left, Instant right) => left.Ns < right.Ns;
    public static bool operator >(Instant left, Instant right) => left.Ns > right.Ns;
    public static bool operator <=(Instant left, Instant right) => left.Ns <= right.Ns;
    public static bool operator >=(Instant left, Instant right) => left.Ns >= right.Ns;

    /// <summary>Seconds, for reports only: decisions use <see cref="Ns"/>.</summary>
    public double Seconds => Ns / 1e9;
}

/// <summary>A length of time in nanoseconds.</summary>
public readonly record struct Duration(long Ns)
{
    public static readonly Duration Zero = new(0);

    /// <exception cref="OverflowException">Beyond 292 years.</exception>
    public static Duration operator +(Duration left, Duration right) => new(checked(left.Ns + right.Ns));

    /// <summary>Below zero where the second is the longer.</summary>
    public static Duration operator -(Duration left, Duration right) => new(left.Ns - right.Ns);

    /// <summary>Seconds to nanoseconds, half to even. Throws <see cref="OverflowException"/> beyond 292 years.</summary>
    public static Duration FromSeconds(double seconds) =>
        new(checked((long)Math.Round(seconds * 1e9, MidpointRounding.ToEven)));

    public double Seconds => Ns / 1e9;
}
