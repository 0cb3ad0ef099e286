using Cortex.Policies;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Cortex.Experiments.Statistics;

/// <summary>A distribution of times, lengths or counts by its quantiles and its mean: what measured ones are held against.</summary>
/// <param name="Mean">Null if it is infinite or there is none.</param>
/// <param name="Quantile">The least value that at least the share u, above 0 and below 1, does not exceed.</param>
public sealed record Distribution(double? Mean, Func<double, double> Quantile)
{
    private static readonly SortedDictionary<string, (int Parameters, Func<double[], Distribution> Make)> Known = new(StringComparer.Ordinal)
    {
        ["lognormal"] = (2, of => LogNormal(of[0], of[1])),
        ["gamma"] = (2, of => Gamma(of[0], of[1])),
        ["weibull"] = (2, of => Weibull(of[0], of[1])),
        ["pareto"] = (2, of => Pareto(of[0], of[1])),
        ["normal"] = (2, of => Normal(of[0], of[1])),
        ["student-t"] = (1, of => StudentT(of[0])),
        ["poisson"] = (1, of => Poisson(of[0])),
        ["zipf-finite"] = (2, of => ZipfFinite(of[0], (int)of[1])),
    };

    /// <summary>By its name, as in files, with its parameters in the order of the method of that name.</summary>
    /// <exception cref="ArgumentException">An unknown name (the message has the nearest), or another number of parameters.</exception>
    public static Distribution Of(string name, params double[] parameters)
    {
        if (!Known.TryGetValue(name, out (int Parameters, Func<double[], Distribution> Make) known))
        {
            throw new ArgumentException(NearestName.Unknown("distribution", name, [.. Known.Keys]), nameof(name));
        }
        return parameters.Length == known.Parameters
            ? known.Make(parameters)
            : throw new ArgumentException($"{name} with {parameters.Length} parameters; allowed: {known.Parameters}", nameof(parameters));
    }

    /// <param name="mu">Mean of the logarithm.</param>
    /// <param name="sigma">Standard deviation of the logarithm, 0 or more.</param>
    public static Distribution LogNormal(double mu, double sigma) =>
        new(Math.Exp(mu + sigma * sigma / 2), u => Math.Exp(mu + sigma * StandardNormal(u)));

    /// <param name="shape">Above 0; 1 is the exponential distribution.</param>
    /// <param name="scale">Above 0; the mean is their product.</param>
    public static Distribution Gamma(double shape, double scale) =>
        new(shape * scale, u => scale * GammaQuantile(shape, u));

    /// <param name="shape">Above 0; 1 is the exponential distribution.</param>
    /// <param name="scale">Above 0.</param>
    public static Distribution Weibull(double shape, double scale) =>
        new(scale * SpecialFunctions.Gamma(1 + 1 / shape), u => scale * Math.Pow(-SpecialFunctions.Log1p(-u), 1 / shape));

    /// <param name="shape">Above 0; up to 1 the mean is infinite.</param>
    /// <param name="least">The least value, above 0.</param>
    public static Distribution Pareto(double shape, double least) =>
        new(shape > 1 ? shape * least / (shape - 1) : null, u => least * Math.Exp(-SpecialFunctions.Log1p(-u) / shape));

    /// <param name="deviation">Standard deviation, 0 or more.</param>
    public static Distribution Normal(double mean, double deviation) => new(mean, u => mean + deviation * StandardNormal(u));

    /// <param name="degrees">Of freedom, above 0; up to 1 there is no mean.</param>
    public static Distribution StudentT(double degrees) => new(
        degrees > 1 ? 0 : null,
        // From the nearer tail, so that both are as exact.
        u => u == 0.5 ? 0 : u < 0.5 ? -MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, degrees, 1 - u) : MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, degrees, u));

    /// <param name="mean">Above 0.</param>
    public static Distribution Poisson(double mean) => new(mean, u => PoissonQuantile(mean, u));

    /// <summary>Rank r, from 1, with a weight of r^−exponent.</summary>
    /// <param name="exponent">0 or more.</param>
    /// <param name="ranks">How many there are, at least 1.</param>
    public static Distribution ZipfFinite(double exponent, int ranks)
    {
        double[] upTo = new double[ranks];
        double sum = 0;
        double weighted = 0;
        for (int rank = 1; rank <= ranks; rank++)
        {
            double weight = Math.Pow(rank, -exponent);
            sum += weight;
            weighted += rank * weight;
            upTo[rank - 1] = sum;
        }
        return new(weighted / sum, u => Math.Min(ranks, 1 + FirstAtLeast(upTo, u * sum)));
    }

    private static double StandardNormal(double u) => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, u);

    private static double GammaQuantile(double shape, double u)
    {
        // Near 0 the distribution function is x^shape / Γ(shape + 1) but for a factor of 1 − x·shape/(shape + 1), and the library takes it for 0.
        double near = Math.Exp((Math.Log(u) + SpecialFunctions.GammaLn(shape + 1)) / shape);
        if (near < 1e-6)
        {
            return near * (1 + near / (shape + 1));
        }
        // The library's search stops at eight digits; a step of Newton's doubles them.
        double x = SpecialFunctions.GammaLowerRegularizedInv(shape, u);
        double density = Math.Exp((shape - 1) * Math.Log(x) - x - SpecialFunctions.GammaLn(shape));
        return x - (SpecialFunctions.GammaLowerRegularized(shape, x) - u) / density;
    }

    private static double PoissonQuantile(double mean, double u)
    {
        long below = -1;
        long at = 1 + (long)mean;
        while (MathNet.Numerics.Distributions.Poisson.CDF(mean, at) < u)
        {
            (below, at) = (at, 2 * at);
        }
        while (at - below > 1)
        {
            long middle = below + (at - below) / 2;
            (below, at) = MathNet.Numerics.Distributions.Poisson.CDF(mean, middle) < u ? (middle, at) : (below, middle);
        }
        return at;
    }

    private static int FirstAtLeast(double[] ascending, double value)
    {
        int found = Array.BinarySearch(ascending, value);
        return found >= 0 ? found : ~found;
    }
}
