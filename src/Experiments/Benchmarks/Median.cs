namespace Cortex.Experiments.Benchmarks;

/// <summary>The middle value, or the mean of the two in the middle.</summary>
internal static class Median
{
    /// <param name="values">At least one; left as they are.</param>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
