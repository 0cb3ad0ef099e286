namespace Cortex.Experiments.Statistics;

/// <summary>A straight line through points by least squares.</summary>
/// <param name="Slope">In units of y per unit of x.</param>
/// <param name="Intercept">y at x = 0.</param>
/// <param name="R2">Share of the variance of y that the line explains; 1 where y does not vary.</param>
/// <param name="SlopeError">Standard error of the slope, with n − 2 degrees of freedom; null with two points.</param>
public readonly record struct LinearRegression(double Slope, double Intercept, double R2, double? SlopeError)
{
    /// <summary>Fits y = slope · x + intercept.</summary>
    /// <param name="x">At least two different values.</param>
    /// <param name="y">As many.</param>
    /// <returns>Null if all x are the same.</returns>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static LinearRegression? Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"{x.Length} values of x and {y.Length} of y; allowed: as many", nameof(y));
        }
        if (x.Length < 2)
        {
            return null;
        }
        double[] products = new double[x.Length];
        (double meanX, double meanY) = (Moments.Mean(x), Moments.Mean(y));
        for (int index = 0; index < products.Length; index++)
        {
            products[index] = (x[index] - meanX) * (y[index] - meanY);
        }
        // Sums over n and variances over n − 1: brought to the same.
        int degrees = x.Length - 1;
        double together = Moments.Mean(products) * x.Length;
        double squaresX = Moments.Variance(x) * degrees;
        double squaresY = Moments.Variance(y) * degrees;
        if (squaresX == 0)
        {
            return null;
        }
        double slope = together / squaresX;
        double explained = squaresY == 0 ? 1 : Math.Min(1, together * together / (squaresX * squaresY));
        double? error = x.Length > 2 ? Math.Sqrt((1 - explained) * squaresY / squaresX / (x.Length - 2)) : null;
        return new(slope, meanY - slope * meanX, explained, error);
    }
}
