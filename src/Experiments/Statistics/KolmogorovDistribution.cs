using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Cortex.Experiments.Statistics;

/// <summary>
/// How the largest distance of n independent values from their own distribution function is distributed. Three ways, each where it is exact to ten digits
/// or the best known, chosen as R. Simard and P. L'Ecuyer advise (Journal of Statistical Software 39(11), 2011).
/// </summary>
public static class KolmogorovDistribution
{
    private const int Few = 140;

    // Where a sum over all values would take longer than its last digits are worth.
    private const long TooManyForSum = 1_000_000;

    /// <summary>Probability of a distance of at least d.</summary>
    /// <param name="n">Values; below 1 counts as 1.</param>
    /// <param name="d">Any.</param>
    public static double Exceeds(long n, double d)
    {
        n = Math.Max(n, 1);
        if (d >= 1 || n * d <= 0.5)
        {
            return d >= 1 ? 0 : 1;
        }
        double squared = n * d * d;
        if (d >= 0.5 || squared >= (n <= Few ? 4 : 2.2))
        {
            return Math.Min(1, 2 * ExceedsUpwards(n, d));
        }
        bool exactly = n <= Few || (n <= 100_000 && n * Math.Pow(d, 1.5) <= 1.4);
        return Math.Clamp(1 - (exactly ? Within((int)n, d) : WithinForMany(n, d)), 0, 1);
    }

    /// <summary>
    /// Probability that the sample's function somewhere exceeds the true one by at least d: d Σ C(n, j) (d + j/n)^(j−1) (1 − d − j/n)^(n−j) over
    /// j ≤ n(1 − d) (N. V. Smirnov, 1944; Z. W. Birnbaum and F. H. Tingey, 1951); for very many values, what it tends to (U. R. Maag and
    /// G. Dicaire, Biometrika 58, 1971).
    /// </summary>
    private static double ExceedsUpwards(long n, double d)
    {
        if (n > TooManyForSum)
        {
            return Math.Exp(-Math.Pow(6 * n * d + 1, 2) / (18.0 * n));
        }
        double sum = 0;
        for (long j = 0; j <= (long)(n * (1 - d)); j++)
        {
            double above = d + (double)j / n;
            double rest = 1 - above;
            double power = n == j ? 0 : (n - j) * Math.Log(rest);
            if (rest > 0 || n == j)
            {
                sum += Math.Exp(Binomial(n, j) + (j - 1) * Math.Log(above) + power);
            }
        }
        return d * sum;
    }

    private static double Binomial(long n, long j) => SpecialFunctions.GammaLn(n + 1) - SpecialFunctions.GammaLn(j + 1) - SpecialFunctions.GammaLn(n - j + 1);

    /// <summary>Probability of a distance below d, as an entry of the n-th power of a matrix. (J. Durbin, 1973; G. Marsaglia, W. W. Tsang and J. Wang, 2003.)</summary>
    private static double Within(int n, double d)
    {
        int k = (int)Math.Ceiling(n * d);
        double overshoot = k - n * d;
        int size = 2 * k - 1;
        Matrix<double> step = Matrix<double>.Build.Dense(size, size, (row, column) => row - column + 1 < 0 ? 0 : 1);
        for (int index = 0; index < size; index++)
        {
            step[index, 0] -= Math.Pow(overshoot, index + 1);
            step[size - 1, index] -= Math.Pow(overshoot, size - index);
        }
        step[size - 1, 0] += 2 * overshoot > 1 ? Math.Pow(2 * overshoot - 1, size) : 0;
        step.MapIndexedInplace((row, column, value) => row - column + 1 > 0 ? value / SpecialFunctions.Factorial(row - column + 1) : value);
        // n! / n^n is spread over the factors, so that no power leaves the range of numbers.
        double scale = Math.Exp((SpecialFunctions.GammaLn(n + 1) - n * Math.Log(n)) / n);
        return (step * scale).Power(n)[k - 1, k - 1];
    }

    /// <summary>The first four terms of its expansion in 1/√n. (W. Pelz and I. J. Good, Journal of the Royal Statistical Society B 38, 1976.)</summary>
    private static double WithinForMany(long n, double d)
    {
        double z = Math.Sqrt(n) * d;
        double w = z * z;
        double[] sums = new double[4];
        double second = 0;
        double third = 0;
        for (int k = 1; k <= (int)Math.Ceiling(16 * z / Math.PI); k++)
        {
            double u = Math.Pow(Math.PI * (k - 0.5), 2);
            double weight = Math.Exp(-u / (2 * w));
            sums[0] += weight;
            sums[1] += weight * (u - w);
            sums[2] += weight * (6 * w * w * w + 2 * w * w + (2 * w * w - 5 * w) * u + (1 - 2 * w) * u * u);
            sums[3] += weight * ((5 - 30 * w) * u * u * u + (212 * w * w - 60 * w) * u * u + (135 * w * w - 96 * w * w * w) * u - 30 * w * w * w - 90 * w * w * w * w);
            double v = Math.PI * Math.PI * k * k;
            second += v * Math.Exp(-v / (2 * w));
            third += v * (3 * w - v) * Math.Exp(-v / (2 * w));
        }
        double root = Math.Sqrt(2 * Math.PI);
        double[] terms =
        [
            root / z * sums[0],
            root / (6 * Math.Pow(z, 4)) * sums[1],
            root / (72 * Math.Pow(z, 7)) * sums[2] - root / (36 * Math.Pow(z, 3)) * second,
            root / (6480 * Math.Pow(z, 10)) * sums[3] + root / (216 * Math.Pow(z, 6)) * third,
        ];
        return terms[0] + terms[1] / Math.Sqrt(n) + terms[2] / n + terms[3] / (n * Math.Sqrt(n));
    }
}
