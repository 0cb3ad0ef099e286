namespace Cortex.Experiments.Details;

/// <summary>How many take longer: the quantiles of a run's times, closer together the further out they lie.</summary>
/// <param name="Samples">How many values they are taken from.</param>
/// <param name="Seconds">The time that a share of <see cref="Shares"/> exceeds, for each of them.</param>
public sealed record TailCurve(int Samples, IReadOnlyList<double> Seconds)
{
    // In ten-thousandths, so that positions among the values are exact.
    private static readonly int[] Levels =
        [9900, 9500, 9000, 8000, 7000, 6000, 5000, 4000, 3000, 2500, 2000, 1500, 1000, 700, 500, 300, 200, 150, 100, 70, 50, 30, 20, 15, 10, 7, 5, 3, 2, 1];

    /// <summary>1 − F, falling from 0.99 to 0.0001.</summary>
    public static IReadOnlyList<double> Shares { get; } = [.. Levels.Select(level => level / 10_000.0)];

    /// <summary>By linear interpolation between the order statistics at the position (n − 1)q, as all quantiles here. Null without values.</summary>
    /// <param name="seconds">Sorted in place.</param>
    public static TailCurve? Of(Span<double> seconds)
    {
        if (seconds.IsEmpty)
        {
            return null;
        }
        seconds.Sort();
        double[] quantiles = new double[Levels.Length];
        for (int index = 0; index < Levels.Length; index++)
        {
            quantiles[index] = Quantile(seconds, 10_000 - Levels[index]);
        }
        return new(seconds.Length, quantiles);
    }

    private static double Quantile(ReadOnlySpan<double> sorted, int level)
    {
        long position = (sorted.Length - 1L) * level;
        int low = (int)(position / 10_000);
        double part = position % 10_000 / 10_000.0;
        return sorted[low] + part * (sorted[Math.Min(low + 1, sorted.Length - 1)] - sorted[low]);
    }
}
