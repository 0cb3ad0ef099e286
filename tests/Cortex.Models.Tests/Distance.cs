using System.Globalization;
using Xunit;

namespace Cortex.Models.Tests;

/// <summary>Relative L2 distance from a golden: √(Σ (x − g)²) ÷ √(Σ g²).</summary>
internal static class Distance
{
    /// <summary>What is asked of 64-bit arithmetic: goldens are rounded to 32 bits.</summary>
    public const double Float64 = 1e-6;

    /// <summary>Asserts the distance over all rows and that of the worst row.</summary>
    /// <param name="golden">Rows one after another.</param>
    /// <param name="rows">As many rows of equal length.</param>
    /// <param name="limit">Of both.</param>
    public static void Within(double limit, float[] golden, IReadOnlyList<double[]> rows)
    {
        Assert.Equal(golden.Length, rows.Sum(row => row.Length));
        (double errors, double squares, double worst) = (0, 0, 0);
        for (int r = 0; r < rows.Count; r++)
        {
            (double rowErrors, double rowSquares) = (0, 0);
            for (int i = 0; i < rows[r].Length; i++)
            {
                double expected = golden[r * rows[r].Length + i];
                rowErrors += (rows[r][i] - expected) * (rows[r][i] - expected);
                rowSquares += expected * expected;
            }
            worst = Math.Max(worst, Math.Sqrt(rowErrors / rowSquares));
            (errors, squares) = (errors + rowErrors, squares + rowSquares);
        }
        double all = Math.Sqrt(errors / squares);
        Assert.True(all <= limit && worst <= limit, string.Create(CultureInfo.InvariantCulture, $"{all:E1} over all, {worst:E1} in the worst row; at most {limit:E1}"));
    }
}
