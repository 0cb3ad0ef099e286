namespace Cortex.Serving;

/// <summary>
/// A sample of times, summed up in seconds; all null where there was none. A quantile q of n values is taken from the values themselves,
/// by linear interpolation at the position (n − 1)q between the order statistics (NumPy's default).
/// </summary>
/// <param name="Samples">How many values.</param>
/// <param name="P999">The 99.9th percentile.</param>
public readonly record struct Distribution(long Samples, double? Mean, double? P50, double? P90, double? P99, double? P999)
{
    private const double NsPerSecond = 1e9;

    /// <param name="ns">Times in nanoseconds, none below 0; sorted in place. Integers to the end: mean and quantiles are exact before they become seconds.</param>
    public static Distribution Of(Span<long> ns)
    {
        if (ns.IsEmpty)
        {
            return default;
        }
        RadixSort.Sort(ns);
        Int128 sum = 0;
        foreach (long value in ns)
        {
            sum += value;
        }
        return new(ns.Length, (double)sum / ns.Length / NsPerSecond, Quantile(ns, 500), Quantile(ns, 900), Quantile(ns, 990), Quantile(ns, 999));
    }

    /// <param name="ns">As above, where the times are quotients.</param>
    public static Distribution Of(Span<double> ns)
    {
        if (ns.IsEmpty)
        {
            return default;
        }
        // In order of size, so that the sum does not depend on which of two calls ended first.
        RadixSort.Sort(ns);
        double sum = 0;
        foreach (double value in ns)
        {
            sum += value;
        }
        return new(ns.Length, sum / ns.Length / NsPerSecond, Quantile(ns, 500), Quantile(ns, 900), Quantile(ns, 990), Quantile(ns, 999));
    }

    private static double Quantile(ReadOnlySpan<long> sorted, int perMille)
    {
        (int low, int high, int part) = Position(sorted.Length, perMille);
        Int128 thousandths = (Int128)sorted[low] * (1000 - part) + (Int128)sorted[high] * part;
        return (double)thousandths / (1000 * NsPerSecond);
    }

    private static double Quantile(ReadOnlySpan<double> sorted, int perMille)
    {
        (int low, int high, int part) = Position(sorted.Length, perMille);
        return (sorted[low] + (sorted[high] - sorted[low]) * part / 1000) / NsPerSecond;
    }

    /// <summary>The two neighbours of a quantile, and how far it lies on the way to the higher one, in thousandths.</summary>
    private static (int Low, int High, int Part) Position(int count, int perMille)
    {
        long position = (count - 1L) * perMille;
        int low = (int)(position / 1000);
        return (low, Math.Min(low + 1, count - 1), (int)(position % 1000));
    }
}
