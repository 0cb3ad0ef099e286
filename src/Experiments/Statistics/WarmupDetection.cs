namespace Cortex.Experiments.Statistics;

/// <summary>
/// MSER-5: how many values at the start of a run to leave out so that its mean is known best. (K. P. White, Simulation 69, 1997;
/// the five stands for the means of five values that it works on.)
/// </summary>
public static class WarmupDetection
{
    private const int Group = 5;

    /// <summary>
    /// The cut that makes the marginal standard error, Σ(x − mean)²/k² over the k groups that stay, least; never more than half of the run,
    /// beyond which the rule is known to be fooled by the few values left.
    /// </summary>
    /// <param name="values">In order of time.</param>
    /// <returns>Values to leave out: a multiple of 5, 0 for fewer than 20 values.</returns>
    public static int Mser5(ReadOnlySpan<double> values)
    {
        int groups = values.Length / Group;
        if (groups < 4)
        {
            return 0;
        }
        // From the end backwards; relative to the overall mean, so that sums of squares keep their digits.
        double centre = Moments.Mean(values);
        double sum = 0;
        double squares = 0;
        double least = double.PositiveInfinity;
        int cut = 0;
        for (int first = groups - 1; first >= 0; first--)
        {
            double mean = Moments.Mean(values.Slice(first * Group, Group)) - centre;
            sum += mean;
            squares += mean * mean;
            int kept = groups - first;
            double error = (squares - sum * sum / kept) / ((double)kept * kept);
            if (first <= groups / 2 && error <= least)
            {
                least = error;
                cut = first;
            }
        }
        return cut * Group;
    }
}
