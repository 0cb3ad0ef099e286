using Cortex.Policies.Random;

namespace Cortex.Workloads;

/// <summary>How lengths (in tokens) or times (in microseconds) are spread: log-normal, rounded, kept within bounds.</summary>
/// <param name="Median">Half are below.</param>
/// <param name="Sigma">Standard deviation of the logarithm; 0: all are the median.</param>
/// <param name="Least">Smaller ones count as this.</param>
/// <param name="Most">Larger ones count as this.</param>
public readonly record struct Spread(double Median, double Sigma, int Least, int Most)
{
    /// <summary>All the same.</summary>
    public static Spread Of(int value) => new(value, 0, value, value);

    /// <summary>The mean that programs declare, bounds left out of account: median × e^(σ²/2).</summary>
    public int Expected => (int)Math.Round(Math.Clamp(Median * PortableMath.Exp(Sigma * Sigma / 2), Least, Most), MidpointRounding.ToEven);

    internal int Draw(RandomStream random) => Workloads.Draw.LogNormal(random, Median, Sigma, Least, Most);

    /// <summary>Of a spread in microseconds, in nanoseconds.</summary>
    internal long DrawNs(RandomStream random) => 1000L * Draw(random);
}
