using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;

namespace Cortex.Experiments.Statistics;

/// <summary>Student's interval of a mean, for independent values: the repetitions of a run or the means of long batches, never the calls within one.</summary>
public static class MeanInterval
{
    /// <summary>Level of every interval that is printed.</summary>
    public const double DefaultLevel = 0.95;

    // Found by a search each, and of the same few sizes in every cell of a sweep.
    private static readonly ConcurrentDictionary<(double Degrees, double Level), double> CriticalValues = new();

    /// <summary>Mean and two-sided interval with n − 1 degrees of freedom.</summary>
    /// <param name="level">Between 0 and 1.</param>
    /// <returns>Null without values.</returns>
    public static Interval? Of(ReadOnlySpan<double> values, double level = DefaultLevel)
    {
        if (values.IsEmpty)
        {
            return null;
        }
        double mean = Moments.Mean(values);
        if (values.Length == 1)
        {
            return new Interval(mean, null, null, 1);
        }
        double half = CriticalValue(values.Length - 1, level) * Moments.StandardDeviation(values) / Math.Sqrt(values.Length);
        return new Interval(mean, mean - half, mean + half, values.Length);
    }

    /// <summary>What Student's t exceeds, in absolute value, with probability 1 − level.</summary>
    /// <param name="degrees">Of freedom, above 0; need not be whole.</param>
    internal static double CriticalValue(double degrees, double level) => CriticalValues.GetOrAdd((degrees, level), static key => StudentT.InvCDF(0, 1, key.Degrees, 0.5 + key.Level / 2));

    /// <summary>Probability that Student's t is at least as far from 0; 1 where t is not a number (no spread, no difference).</summary>
    internal static double TwoSidedP(double t, double degrees) => double.IsNaN(t) ? 1 : 2 * StudentT.CDF(0, 1, degrees, -Math.Abs(t));
}
