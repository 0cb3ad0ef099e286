using MathNet.Numerics.LinearAlgebra;

namespace Cortex.Experiments.Statistics;

/// <summary>
/// The x ≥ 0 that makes ‖Ax − b‖ least: costs are not negative, so a fit that may use negative ones extrapolates to nonsense. (C. L. Lawson and
/// R. J. Hanson, Solving Least Squares Problems, 1974, chapter 23.)
/// </summary>
/// <param name="X">One value a column of A.</param>
/// <param name="ResidualNorm">‖Ax − b‖ at it.</param>
public sealed record NonNegativeLeastSquares(IReadOnlyList<double> X, double ResidualNorm)
{
    /// <param name="a">By row; columns may be of very different size. One that others make up for, and one of zeros, stays at 0.</param>
    /// <param name="b">One value a row.</param>
    /// <exception cref="ArgumentException">The sizes differ, or there is nothing to fit.</exception>
    /// <exception cref="ArithmeticException">No solution was found within 3 steps a column.</exception>
    public static NonNegativeLeastSquares Solve(double[,] a, double[] b)
    {
        if (a.GetLength(0) != b.Length || a.Length == 0)
        {
            throw new ArgumentException($"{a.GetLength(0)} rows of {a.GetLength(1)} columns and {b.Length} values; allowed: as many rows as values, at least one of each", nameof(b));
        }
        Matrix<double> given = Matrix<double>.Build.DenseOfArray(a);
        Vector<double> sizes = given.ColumnNorms(2).Map(size => size > 0 ? size : 1);
        // All of one size, so that what counts as no rise is the same for all.
        Matrix<double> features = Matrix<double>.Build.Dense(given.RowCount, given.ColumnCount, (row, column) => given[row, column] / sizes[column]);
        Vector<double> target = Vector<double>.Build.Dense(b);
        Vector<double> x = Vector<double>.Build.Dense(features.ColumnCount);
        var free = new SortedSet<int>();
        // Rose by rounding alone: freed, they would be negative or anything. Until x has changed.
        var barred = new SortedSet<int>();
        double tolerance = 1e-13 * target.L2Norm();
        int steps = 3 * features.ColumnCount + 10;
        while (Steepest(features, target, x, free, barred, tolerance) is { } entering)
        {
            free.Add(entering);
            Vector<double> wanted = Unbound(features, target, free);
            if (wanted[entering] is not (> 0 and < double.PositiveInfinity))
            {
                free.Remove(entering);
                barred.Add(entering);
                continue;
            }
            while (free.Any(column => wanted[column] <= 0))
            {
                x += Reach(x, wanted, free) * (wanted - x);
                foreach (int column in free.Where(column => wanted[column] <= 0 && x[column] <= 1e-15 * x.AbsoluteMaximum()).ToArray())
                {
                    x[column] = 0;
                    free.Remove(column);
                }
                wanted = Unbound(features, target, free);
                Count();
            }
            x = wanted;
            barred.Clear();
            Count();
        }
        return new([.. x.PointwiseDivide(sizes)], (features * x - target).L2Norm());

        void Count()
        {
            if (--steps < 0)
            {
                throw new ArithmeticException("non-negative least squares found no end");
            }
        }
    }

    /// <summary>The column held at 0 whose growth lowers the residual most; null: none does.</summary>
    private static int? Steepest(
        Matrix<double> features, Vector<double> target, Vector<double> x, SortedSet<int> free, SortedSet<int> barred, double tolerance)
    {
        Vector<double> gradient = features.TransposeThisAndMultiply(target - features * x);
        int[] rising = [.. Enumerable.Range(0, x.Count).Where(column => !free.Contains(column) && !barred.Contains(column) && gradient[column] > tolerance)];
        return rising.Length == 0 ? null : rising.MaxBy(column => gradient[column]);
    }

    /// <summary>The least-squares solution over the free columns, 0 elsewhere.</summary>
    private static Vector<double> Unbound(Matrix<double> features, Vector<double> target, SortedSet<int> free)
    {
        Vector<double> x = Vector<double>.Build.Dense(features.ColumnCount);
        if (free.Count > 0)
        {
            Vector<double> solved = Matrix<double>.Build.DenseOfColumnVectors(free.Select(features.Column)).QR().Solve(target);
            foreach ((int index, int column) in free.Index())
            {
                x[column] = solved[index];
            }
        }
        return x;
    }

    /// <summary>How far from x towards what is wanted all stay at 0 or above: 0 to 1.</summary>
    private static double Reach(Vector<double> x, Vector<double> wanted, SortedSet<int> free) =>
        free.Where(column => wanted[column] <= 0).Min(column => x[column] / (x[column] - wanted[column]));
}
