using MathNet.Numerics.Distributions;

namespace Cortex.Experiments.Statistics;

/// <summary>Student's interval of a mean, for independent values: the repetitions of a run, never the calls within one.</summary>
public static class MeanInterval
{
    /// <summary>Level of every interval that is printed.</summary>
    public const double DefaultLevel = 0.95;

    /// <summary>Mean and two-sided interval with n − 1 degrees of freedom.</summary>
    /// <param name="level">Between 0 and 1.</param>
    /// <returns>Null without values.</returns>
    public static Interval? Of(ReadOnlySpan<double> values, double level = DefaultLevel)
    {
        if (values.IsEmpty)
        {
            return null;
        }
        double mean = Mean(values);
        if (values.Length == 1)
        {
            return new Interval(mean, null, null, 1);
        }
        double half = Quantile(values.Length - 1, level) * StandardDeviation(values, mean) / Math.Sqrt(values.Length);
        return new Interval(mean, mean - half, mean + half, values.Length);
    }

    /// <summary>With n − 1 in the denominator.</summary>
    private static double StandardDeviation(ReadOnlySpan<double> values, double mean)
    {
        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }
        return Math.Sqrt(squares / (values.Length - 1));
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }
        double mean = sum / values.Length;
        // A second pass takes back what rounding lost when the values are large against their spread.
        double rest = 0;
        foreach (double value in values)
        {
            rest += value - mean;
        }
        return mean + rest / values.Length;
    }

    private static double Quantile(int degrees, double level) => StudentT.InvCDF(0, 1, degrees, 0.5 + level / 2);
}
