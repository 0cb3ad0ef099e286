using Xunit;

namespace Cortex.Cpu.Tests.Engine;

/// <summary>Relative L2 distances of rows of numbers.</summary>
internal static class Distance
{
    /// <summary>Over all rows, and of the worst one.</summary>
    public static (double All, double Worst) Of(IReadOnlyList<float[]> actual, IReadOnlyList<float[]> expected)
    {
        Assert.Equal(expected.Count, actual.Count);
        double error = 0;
        double norm = 0;
        double worst = 0;
        for (int row = 0; row < actual.Count; row++)
        {
            (double rowError, double rowNorm) = Squares(actual[row], expected[row]);
            error += rowError;
            norm += rowNorm;
            // A distance that is not a number must not pass for a small one.
            worst = double.IsNaN(rowError) ? double.PositiveInfinity : Math.Max(worst, Math.Sqrt(rowError / rowNorm));
        }
        return (Math.Sqrt(error / norm), worst);
    }

    /// <summary>The rows are within these limits.</summary>
    public static void Within(double all, double worst, IReadOnlyList<float[]> actual, IReadOnlyList<float[]> expected)
    {
        (double reachedAll, double reachedWorst) = Of(actual, expected);
        Assert.True(reachedAll <= all && reachedWorst <= worst, FormattableString.Invariant($"distance {reachedAll:e2} and {reachedWorst:e2} in the worst row; limits {all:e0} and {worst:e0}"));
    }

    /// <summary>Every bit is the same.</summary>
    public static void Same(IReadOnlyList<float[]> expected, IReadOnlyList<float[]> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int row = 0; row < expected.Count; row++)
        {
            int equal = expected[row].AsSpan().CommonPrefixLength(actual[row]);
            Assert.True(equal == expected[row].Length && equal == actual[row].Length, FormattableString.Invariant($"row {row} differs from number {equal} on"));
        }
    }

    private static (double Error, double Norm) Squares(float[] actual, float[] expected)
    {
        Assert.Equal(expected.Length, actual.Length);
        double error = 0;
        double norm = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            error += Math.Pow((double)actual[i] - expected[i], 2);
            norm += Math.Pow(expected[i], 2);
        }
        return (error, norm);
    }
}
