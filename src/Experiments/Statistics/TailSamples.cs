using System.Globalization;

namespace Cortex.Experiments.Statistics;

/// <summary>How many values a percentile needs.</summary>
public static class TailSamples
{
    private const double Confidence = 0.99;

    /// <summary>
    /// The least n for which n values all on one side bound the percentile at 99 % confidence: q^n ≤ 1 %, with q the percentile or, below the
    /// median, its complement. 44 for p90, 459 for p99, 4,603 for p99.9 (MLPerf's early-stopping rule).
    /// </summary>
    /// <param name="percentile">Above 0 and below 100.</param>
    public static int Needed(double percentile)
    {
        double share = Math.Max(percentile, 100 - percentile) / 100;
        return (int)Math.Ceiling(Math.Log(1 - Confidence) / Math.Log(share));
    }

    /// <param name="percentile">As in a column's name, such as <c>99.9</c>.</param>
    public static bool TooFew(string percentile, long samples) => samples < Needed(double.Parse(percentile, CultureInfo.InvariantCulture));
}
