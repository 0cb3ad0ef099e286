using MathNet.Numerics.Distributions;

namespace Cortex.Experiments.Statistics;

/// <summary>Intervals of a share: k of n independent trials succeeded.</summary>
public static class ProportionInterval
{
    /// <summary>
    /// Wilson's score interval: near the level on average, also for few trials and shares near 0 or 1, where the textbook's p ± z√(p(1 − p)/n) fails.
    /// (E. B. Wilson, Journal of the American Statistical Association 22, 1927.)
    /// </summary>
    /// <param name="successes">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">At least 1.</param>
    /// <param name="level">Between 0 and 1.</param>
    /// <returns>The share with its bounds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such counts.</exception>
    public static Interval Wilson(int successes, int trials, double level = MeanInterval.DefaultLevel)
    {
        double share = Share(successes, trials);
        return Wilson(share, trials, level) with { N = trials };
    }

    /// <summary>
    /// The interval that covers at least the level whatever the share is, by the binomial distribution itself; wider than Wilson's. (C. J. Clopper and
    /// E. S. Pearson, Biometrika 26, 1934.)
    /// </summary>
    /// <inheritdoc cref="Wilson(int, int, double)"/>
    public static Interval ClopperPearson(int successes, int trials, double level = MeanInterval.DefaultLevel)
    {
        double share = Share(successes, trials);
        double tail = (1 - level) / 2;
        double low = successes == 0 ? 0 : Beta.InvCDF(successes, trials - successes + 1, tail);
        double high = successes == trials ? 1 : Beta.InvCDF(successes + 1, trials - successes, 1 - tail);
        return new Interval(share, low, high, trials);
    }

    /// <summary>
    /// The mean of independent shares, such as one a repetition, with Student's interval; where that reaches beyond 0 or 1, Wilson's for as many trials
    /// as would make a share vary as these do, and Student's t for the normal quantile.
    /// </summary>
    /// <param name="shares">From 0 to 1.</param>
    /// <param name="level">Between 0 and 1.</param>
    /// <returns>Null without values; without bounds for one.</returns>
    public static Interval? OfShares(ReadOnlySpan<double> shares, double level = MeanInterval.DefaultLevel)
    {
        Interval? interval = MeanInterval.Of(shares, level);
        if (interval is not ({ Low: < 0 } or { High: > 1 }))
        {
            return interval;
        }
        double mean = interval.Value.Mean;
        double trials = mean * (1 - mean) / (Moments.Variance(shares) / shares.Length);
        return Score(mean, trials, MeanInterval.CriticalValue(shares.Length - 1, level)) with { N = shares.Length };
    }

    /// <summary>Wilson's bounds of a share that as many trials support; they need not be whole.</summary>
    internal static Interval Wilson(double share, double trials, double level)
    {
        return Score(share, trials, Normal.InvCDF(0, 1, 0.5 + level / 2)) with { N = (int)trials };
    }

    /// <summary>The shares from which this one is z standard errors away.</summary>
    private static Interval Score(double share, double trials, double z)
    {
        double shrink = 1 / (1 + z * z / trials);
        double centre = shrink * (share + z * z / (2 * trials));
        double half = shrink * z * Math.Sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials));
        // At the ends the bound is exact; the difference of the two would leave a last digit.
        return new Interval(share, share == 0 ? 0 : centre - half, share == 1 ? 1 : centre + half, N: 0);
    }

    private static double Share(int successes, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        return (double)successes / trials;
    }
}
