namespace Cortex.CostModels;

/// <summary>
/// Seconds measured at every combination of two quantities, with straight lines between them. Below the least of a quantity the least counts; beyond
/// the largest the last line goes on, but never falls.
/// </summary>
/// <param name="rows">Values of the first quantity, ascending.</param>
/// <param name="columns">Values of the second, ascending.</param>
/// <param name="seconds">By row and column.</param>
internal sealed class TimeGrid(int[] rows, int[] columns, double[,] seconds)
{
    /// <summary>The least value of the second quantity.</summary>
    public int LeastColumn => columns[0];

    /// <summary>Seconds at any two values.</summary>
    public double At(double row, double column)
    {
        (int above, int below, double share) = Place(rows, row);
        (int left, int right, double along) = Place(columns, column);
        return Line(
            Line(seconds[above, left], seconds[above, right], along),
            Line(seconds[below, left], seconds[below, right], along),
            share);
    }

    /// <summary>Between which two values it lies, and how far behind the first, as a share of their distance: above 1 beyond the last.</summary>
    private static (int First, int Second, double Share) Place(int[] values, double value)
    {
        if (values.Length == 1 || value <= values[0])
        {
            return (0, 0, 0);
        }
        int second = 1;
        while (second < values.Length - 1 && values[second] < value)
        {
            second++;
        }
        return (second - 1, second, (value - values[second - 1]) / (values[second] - values[second - 1]));
    }

    private static double Line(double first, double second, double share) => share > 1 && second < first ? second : first + (share * (second - first));
}
