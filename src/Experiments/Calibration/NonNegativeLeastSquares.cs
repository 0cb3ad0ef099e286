namespace Cortex.Experiments.Calibration;

/// <summary>
/// The x ≥ 0 that makes |Ax − b|² least, by Lawson and Hanson's active set (Solving Least Squares Problems, 1974, chapter 23) on the normal equations.
/// For some dozens of unknowns; columns may be of very different size.
/// </summary>
internal static class NonNegativeLeastSquares
{
    private const double Tolerance = 1e-12;

    /// <param name="rows">A, row by row.</param>
    /// <param name="b">As many as rows.</param>
    public static double[] Solve(double[][] rows, double[] b)
    {
        int n = rows[0].Length;
        double[] scale = [.. Enumerable.Range(0, n).Select(j => Math.Sqrt(rows.Sum(row => row[j] * row[j])))];
        double[,] gram = new double[n, n];
        double[] right = new double[n];
        for (int i = 0; i < n; i++)
        {
            right[i] = scale[i] > 0 ? rows.Select((row, k) => row[i] * b[k]).Sum() / scale[i] : 0;
            for (int j = 0; j < n; j++)
            {
                gram[i, j] = scale[i] > 0 && scale[j] > 0 ? rows.Sum(row => row[i] * row[j]) / (scale[i] * scale[j]) : 0;
            }
        }
        double[] x = Solve(gram, right);
        return [.. x.Select((value, j) => scale[j] > 0 ? value / scale[j] : 0)];
    }

    private static double[] Solve(double[,] gram, double[] right)
    {
        int n = right.Length;
        double[] x = new double[n];
        List<int> free = [];
        for (int round = 0; round < 10 * n; round++)
        {
            int best = -1;
            double steepest = Tolerance;
            for (int j = 0; j < n; j++)
            {
                double slope = right[j] - Enumerable.Range(0, n).Sum(k => gram[j, k] * x[k]);
                if (!free.Contains(j) && slope > steepest)
                {
                    (best, steepest) = (j, slope);
                }
            }
            if (best < 0)
            {
                break;
            }
            free.Add(best);
            Settle(gram, right, x, free);
        }
        return x;
    }

    /// <summary>The least squares over the free unknowns; those that would fall below 0 are held at it, one after another.</summary>
    private static void Settle(double[,] gram, double[] right, double[] x, List<int> free)
    {
        while (free.Count > 0)
        {
            double[] wanted = Gauss(gram, right, free);
            double step = 1;
            for (int i = 0; i < free.Count; i++)
            {
                if (wanted[i] <= 0)
                {
                    // One that stands at 0 and would stay there goes out: 0 ÷ 0 would be no step at all.
                    step = Math.Min(step, x[free[i]] > 0 ? x[free[i]] / (x[free[i]] - wanted[i]) : 0);
                }
            }
            for (int i = 0; i < free.Count; i++)
            {
                x[free[i]] += step * (wanted[i] - x[free[i]]);
            }
            if (step >= 1)
            {
                return;
            }
            foreach (int j in free.Where(j => x[j] <= Tolerance).ToArray())
            {
                x[j] = 0;
                free.Remove(j);
            }
        }
    }

    /// <summary>Elimination with pivots; unknowns that others make up for are left at 0.</summary>
    private static double[] Gauss(double[,] gram, double[] right, List<int> free)
    {
        int n = free.Count;
        double[][] a = [.. free.Select(i => free.Select(j => gram[i, j]).Append(right[i]).ToArray())];
        for (int column = 0; column < n; column++)
        {
            int pivot = Enumerable.Range(column, n - column).MaxBy(row => Math.Abs(a[row][column]));
            (a[column], a[pivot]) = (a[pivot], a[column]);
            for (int row = column + 1; row < n && Math.Abs(a[column][column]) > Tolerance; row++)
            {
                double factor = a[row][column] / a[column][column];
                for (int k = column; k <= n; k++)
                {
                    a[row][k] -= factor * a[column][k];
                }
            }
        }
        double[] x = new double[n];
        for (int row = n - 1; row >= 0; row--)
        {
            double rest = a[row][n] - Enumerable.Range(row + 1, n - row - 1).Sum(k => a[row][k] * x[k]);
            x[row] = Math.Abs(a[row][row]) > Tolerance ? rest / a[row][row] : 0;
        }
        return x;
    }
}
