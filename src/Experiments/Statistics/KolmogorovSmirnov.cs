namespace Cortex.Experiments.Statistics;

/// <summary>Whether two distributions are the same, by the largest distance between their distribution functions. For independent values.</summary>
/// <param name="Distance">From 0 to 1.</param>
/// <param name="P">Two-sided probability of a distance at least as large if there were no difference.</param>
public readonly record struct KolmogorovSmirnov(double Distance, double P)
{
    /// <summary>
    /// Two samples. P is that of one sample of n·m/(n + m) values, rounded, against a known distribution: what it tends to for large samples, and
    /// SciPy's <c>asymp</c>.
    /// </summary>
    /// <returns>Null if one is empty.</returns>
    public static KolmogorovSmirnov? OfTwo(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.IsEmpty || second.IsEmpty)
        {
            return null;
        }
        (double[] a, double[] b) = (Sorted(first), Sorted(second));
        double distance = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            // Both functions are looked at behind all that equal the next value.
            double value = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= value)
            {
                i++;
            }
            while (j < b.Length && b[j] <= value)
            {
                j++;
            }
            distance = Math.Max(distance, Math.Abs((double)i / a.Length - (double)j / b.Length));
        }
        double worth = (double)a.Length * b.Length / ((double)a.Length + b.Length);
        return new(distance, KolmogorovDistribution.Exceeds((long)Math.Round(worth), distance));
    }

    /// <summary>A sample against a known distribution. P is exact.</summary>
    /// <param name="cumulative">Its distribution function.</param>
    /// <returns>Null if the sample is empty.</returns>
    public static KolmogorovSmirnov? OfOne(ReadOnlySpan<double> sample, Func<double, double> cumulative) =>
        OfCounts(Sorted(sample).Select(value => (value, 1L)), sample.Length, cumulative);

    /// <summary>The same of a sample that is given by its values, ascending, and how often each stands in it.</summary>
    /// <param name="total">How many values there are in all.</param>
    /// <inheritdoc cref="OfOne"/>
    public static KolmogorovSmirnov? OfCounts(IEnumerable<(double Value, long Count)> ascending, long total, Func<double, double> cumulative)
    {
        if (total == 0)
        {
            return null;
        }
        double distance = 0;
        long below = 0;
        foreach ((double value, long count) in ascending)
        {
            double expected = cumulative(value);
            distance = Math.Max(distance, Math.Max((double)(below + count) / total - expected, expected - (double)below / total));
            below += count;
        }
        return new(distance, KolmogorovDistribution.Exceeds(total, distance));
    }

    private static double[] Sorted(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted;
    }
}
