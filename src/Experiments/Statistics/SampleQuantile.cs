namespace Cortex.Experiments.Statistics;

/// <summary>Quantiles of a sample in ascending order.</summary>
public static class SampleQuantile
{
    /// <summary>At position (n − 1)q between the order statistics, by linear interpolation: NumPy's default, and that of every quantile printed.</summary>
    /// <param name="sorted">Ascending, at least one value.</param>
    /// <param name="q">From 0 to 1.</param>
    public static double Linear(ReadOnlySpan<double> sorted, double q)
    {
        double position = (sorted.Length - 1) * q;
        int low = (int)position;
        int high = Math.Min(low + 1, sorted.Length - 1);
        double part = position - low;
        // From the nearer neighbour, so that two equal neighbours give themselves and the ends are exact.
        return part < 0.5
            ? sorted[low] + (sorted[high] - sorted[low]) * part
            : sorted[high] - (sorted[high] - sorted[low]) * (1 - part);
    }

    /// <summary>The smallest value x of the sample with F(x) ≥ q: a value that occurred, for what comes in whole numbers and for empty gaps.</summary>
    /// <inheritdoc cref="Linear"/>
    public static double InvertedCdf(ReadOnlySpan<double> sorted, double q) => sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * q), 1, sorted.Length) - 1];
}
