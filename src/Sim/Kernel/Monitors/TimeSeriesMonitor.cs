using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>Follows a level that changes in steps, such as a number in line, and integrates it over time: in whole numbers, so exactly.</summary>
public sealed class TimeSeriesMonitor
{
    private readonly SimEnvironment environment;
    private readonly long from;
    private long since;
    private Int128 area;
    private Int128 areaOfSquares;
    private long minimum;
    private long maximum;

    /// <param name="environment">Whose clock is read.</param>
    /// <param name="initial">The level at the start.</param>
    /// <param name="name">For the reader.</param>
    /// <param name="warmUp">What lies before is left out; by default the environment's.</param>
    public TimeSeriesMonitor(SimEnvironment environment, long initial = 0, string? name = null, Instant? warmUp = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        this.environment = environment;
        Name = name;
        Level = minimum = maximum = initial;
        since = environment.Now.Ns;
        from = Math.Max(since, (warmUp ?? environment.WarmUp).Ns);
    }

    /// <summary>For the reader.</summary>
    public string? Name { get; }

    /// <summary>The present level.</summary>
    public long Level { get; private set; }

    /// <summary>How long it has been followed, warm-up left out.</summary>
    public Duration Observed => new(Math.Max(0, environment.Now.Ns - from));

    /// <summary>The integral over time so far, in levels × nanoseconds.</summary>
    public Int128 Area => area + (Level * (Int128)Elapsed);

    /// <summary>Mean over time; not a number before any time has passed.</summary>
    public double Mean => Observed.Ns == 0 ? double.NaN : (double)Area / Observed.Ns;

    /// <summary>Variance over time; not a number before any time has passed.</summary>
    public double Variance => Observed.Ns == 0
        ? double.NaN
        : Math.Max(0, ((double)(areaOfSquares + (Level * (Int128)Level * Elapsed)) / Observed.Ns) - (Mean * Mean));

    /// <summary>Standard deviation over time.</summary>
    public double StdDev => Math.Sqrt(Variance);

    /// <summary>Lowest level that lasted, or the present one.</summary>
    public long Min => Math.Min(minimum, Level);

    /// <summary>Highest level that lasted, or the present one.</summary>
    public long Max => Math.Max(maximum, Level);

    private long Elapsed => Math.Max(0, environment.Now.Ns - Math.Max(since, from));

    /// <summary>The level rises.</summary>
    public void Increase(long change = 1) => UpdateTo(Level + change);

    /// <summary>The level falls.</summary>
    public void Decrease(long change = 1) => UpdateTo(Level - change);

    /// <summary>The level changes.</summary>
    public void UpdateTo(long level)
    {
        long now = environment.Now.Ns;
        if (now <= from)
        {
            minimum = maximum = level; // What lasted only during the warm-up does not count.
        }
        else if (now > since)
        {
            long elapsed = Elapsed;
            area += Level * (Int128)elapsed;
            areaOfSquares += Level * (Int128)Level * elapsed;
            minimum = Math.Min(minimum, Level);
            maximum = Math.Max(maximum, Level);
        }
        since = now;
        Level = level;
    }

    /// <summary>Mean, deviation and range in one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Name ?? "level"}: mean {Mean:G6}, std {StdDev:G6}, {Min} to {Max} over {Observed.Seconds:G6} s");
}
