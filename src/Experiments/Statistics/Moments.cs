namespace Cortex.Experiments.Statistics;

/// <summary>Mean and spread of a sample.</summary>
public static class Moments
{
    // NumPy's: longer runs of values are halved.
    private const int Block = 128;
    private const int Lanes = 8;

    /// <param name="values">At least one.</param>
    public static double Mean(ReadOnlySpan<double> values) => Sum(values) / values.Length;

    /// <summary>With n − 1 in the denominator.</summary>
    /// <param name="values">At least two.</param>
    public static double Variance(ReadOnlySpan<double> values)
    {
        double mean = Mean(values);
        double[] squares = new double[values.Length];
        for (int index = 0; index < squares.Length; index++)
        {
            squares[index] = (values[index] - mean) * (values[index] - mean);
        }
        return Sum(squares) / (values.Length - 1);
    }

    /// <summary>Square root of <see cref="Variance"/>.</summary>
    public static double StandardDeviation(ReadOnlySpan<double> values) => Math.Sqrt(Variance(values));

    /// <summary>
    /// Pairwise, so that the error grows with the logarithm of the number of values. The order of the additions is NumPy's: where values are large
    /// against their spread, the last digits of a sum decide what is printed, and they should be those that others get.
    /// </summary>
    private static double Sum(ReadOnlySpan<double> values)
    {
        if (values.Length < Lanes)
        {
            double few = 0;
            foreach (double value in values)
            {
                few += value;
            }
            return few;
        }
        if (values.Length > Block)
        {
            int half = values.Length / 2;
            half -= half % Lanes;
            return Sum(values[..half]) + Sum(values[half..]);
        }
        Span<double> lanes = stackalloc double[Lanes];
        values[..Lanes].CopyTo(lanes);
        int index = Lanes;
        for (; index < values.Length - values.Length % Lanes; index += Lanes)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                lanes[lane] += values[index + lane];
            }
        }
        double sum = (lanes[0] + lanes[1] + (lanes[2] + lanes[3])) + (lanes[4] + lanes[5] + (lanes[6] + lanes[7]));
        for (; index < values.Length; index++)
        {
            sum += values[index];
        }
        return sum;
    }
}
