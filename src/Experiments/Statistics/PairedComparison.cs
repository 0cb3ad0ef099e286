namespace Cortex.Experiments.Statistics;

/// <summary>What a policy changes against the baseline, repetition by repetition under the same chance.</summary>
/// <param name="Difference">Policy − baseline.</param>
/// <param name="Relative">The difference over the baseline's mean, which is taken as a fixed scale; null if that mean is 0.</param>
/// <param name="T">Student's t of the differences; null with fewer than two. Infinite where all differ by the same, not a number where none differs.</param>
/// <param name="P">Two-sided probability of such a difference if there were none; null with fewer than two.</param>
public readonly record struct PairedComparison(Interval Difference, Interval? Relative, double? T, double? P)
{
    /// <summary>No difference can be told at the level of the interval.</summary>
    public bool IsAlike => Difference.IncludesZero;

    /// <summary>Welch's comparison in the same form, for values that have nothing in common.</summary>
    /// <returns>Null if one of them has fewer than two values.</returns>
    public static PairedComparison? Unpaired(ReadOnlySpan<double> policy, ReadOnlySpan<double> baseline, double level = MeanInterval.DefaultLevel) =>
        WelchComparison.Of(policy, baseline, level) is { } welch ? new PairedComparison(welch.Difference, welch.Relative, welch.T, welch.P) : null;

    /// <summary>Compares the repetitions in which both have a value.</summary>
    /// <param name="policy">By repetition; null where nothing was measured.</param>
    /// <param name="baseline">By repetition, as many.</param>
    /// <returns>Null if there is no such repetition.</returns>
    public static PairedComparison? Of(IReadOnlyList<double?> policy, IReadOnlyList<double?> baseline, double level = MeanInterval.DefaultLevel)
    {
        var differences = new List<double>();
        double scale = 0;
        for (int repetition = 0; repetition < policy.Count; repetition++)
        {
            if (policy[repetition] is { } a && baseline[repetition] is { } b)
            {
                differences.Add(a - b);
                scale += b;
            }
        }
        double[] pairs = [.. differences];
        if (MeanInterval.Of(pairs, level) is not { } difference)
        {
            return null;
        }
        double? t = pairs.Length > 1 ? difference.Mean / (Moments.StandardDeviation(pairs) / Math.Sqrt(pairs.Length)) : null;
        return new PairedComparison(
            difference, difference.Over(Math.Abs(scale / pairs.Length)), t, t is { } value ? MeanInterval.TwoSidedP(value, pairs.Length - 1) : null);
    }
}
