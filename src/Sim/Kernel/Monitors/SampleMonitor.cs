using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>Takes samples, such as waits in seconds, and gives their mean and spread (Welford's recurrences, so that large means do not cancel).</summary>
public sealed class SampleMonitor
{
    private readonly SimEnvironment environment;
    private readonly long from;
    private double squares;

    /// <param name="environment">Whose clock is read.</param>
    /// <param name="name">For the reader.</param>
    /// <param name="warmUp">Samples before are left out; by default the environment's.</param>
    public SampleMonitor(SimEnvironment environment, string? name = null, Instant? warmUp = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        this.environment = environment;
        Name = name;
        from = (warmUp ?? environment.WarmUp).Ns;
    }

    /// <summary>For the reader.</summary>
    public string? Name { get; }

    /// <summary>How many, warm-up left out.</summary>
    public long Count { get; private set; }

    /// <summary>Their mean; not a number without any.</summary>
    public double Mean { get; private set; } = double.NaN;

    /// <summary>Variance (n − 1 below); not a number below two.</summary>
    public double Variance => Count < 2 ? double.NaN : squares / (Count - 1);

    /// <summary>Standard deviation.</summary>
    public double StdDev => Math.Sqrt(Variance);

    /// <summary>The smallest; not a number without any.</summary>
    public double Min { get; private set; } = double.NaN;

    /// <summary>The largest; not a number without any.</summary>
    public double Max { get; private set; } = double.NaN;

    /// <summary>Takes a sample.</summary>
    public void Add(double sample)
    {
        if (environment.Now.Ns < from)
        {
            return;
        }
        Count++;
        if (Count == 1)
        {
            Mean = Min = Max = sample;
            return;
        }
        double distance = sample - Mean;
        Mean += distance / Count;
        squares += distance * (sample - Mean);
        Min = Math.Min(Min, sample);
        Max = Math.Max(Max, sample);
    }

    /// <summary>Count, mean, deviation and range in one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Name ?? "samples"}: {Count}, mean {Mean:G6}, std {StdDev:G6}, {Min:G6} to {Max:G6}");
}
