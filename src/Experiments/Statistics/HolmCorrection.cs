namespace Cortex.Experiments.Statistics;

/// <summary>
/// Holm's step-down correction: of many comparisons some look significant by chance; corrected, the probability that any of those without a
/// true difference does is at most the level. (S. Holm, Scandinavian Journal of Statistics 6, 1979.)
/// </summary>
public static class HolmCorrection
{
    /// <summary>
    /// Adjusted values, in the order given: the k-th smallest of m times m − k + 1, never below a smaller one's and at most 1. A comparison stays
    /// significant if its adjusted value is at most the level.
    /// </summary>
    /// <param name="p">Each between 0 and 1.</param>
    public static double[] Adjust(ReadOnlySpan<double> p)
    {
        double[] sorted = p.ToArray();
        int[] order = [.. Enumerable.Range(0, p.Length)];
        Array.Sort(sorted, order);
        double[] adjusted = new double[p.Length];
        double largest = 0;
        for (int rank = 0; rank < sorted.Length; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, (sorted.Length - rank) * sorted[rank]));
            adjusted[order[rank]] = largest;
        }
        return adjusted;
    }
}
