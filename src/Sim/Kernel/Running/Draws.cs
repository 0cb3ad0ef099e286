using Cortex.Policies.Random;

namespace Cortex.Sim.Kernel;

/// <summary>What models commonly draw from a stream. Same numbers on every machine.</summary>
public static class Draws
{
    /// <summary>Uniform from <paramref name="low"/> to below <paramref name="high"/>.</summary>
    public static double Uniform(this RandomStream stream, double low, double high) => low + ((high - low) * stream.NextDouble());

    /// <summary>Exponential with this mean.</summary>
    public static double Exponential(this RandomStream stream, double mean) => -mean * PortableMath.Log(1 - stream.NextDouble());

    /// <summary>Normal, by Marsaglia's polar method; the second of each pair is not used, so that a draw depends on nothing before it.</summary>
    public static double Normal(this RandomStream stream, double mean, double deviation)
    {
        while (true)
        {
            double u = stream.Uniform(-1, 1);
            double square = (u * u) + (stream.Uniform(-1, 1) is var v ? v * v : 0);
            if (square is > 0 and < 1)
            {
                return mean + (deviation * u * Math.Sqrt(-2 * PortableMath.Log(square) / square));
            }
        }
    }

    /// <summary>As <see cref="Normal"/>, drawn again until it is 0 or more: SimSharp's RandNormalPositive.</summary>
    /// <param name="stream">Where from.</param>
    /// <param name="mean">Of the normal, 0 or more.</param>
    /// <param name="deviation">Of the normal.</param>
    public static double NormalPositive(this RandomStream stream, double mean, double deviation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mean);
        double value;
        do
        {
            value = stream.Normal(mean, deviation);
        }
        while (value < 0);
        return value;
    }

    /// <summary>Lognormal, by mean and deviation of its logarithm.</summary>
    public static double LogNormal(this RandomStream stream, double logMean, double logDeviation) =>
        PortableMath.Exp(stream.Normal(logMean, logDeviation));

    /// <summary>Triangular between <paramref name="low"/> and <paramref name="high"/> with its peak at <paramref name="mode"/>.</summary>
    public static double Triangular(this RandomStream stream, double low, double mode, double high)
    {
        double u = stream.NextDouble();
        double left = (mode - low) / (high - low);
        return u < left
            ? low + Math.Sqrt(u * (high - low) * (mode - low))
            : high - Math.Sqrt((1 - u) * (high - low) * (high - mode));
    }

    /// <summary>Sum of <paramref name="stages"/> exponential stages, with this mean in all.</summary>
    public static double Erlang(this RandomStream stream, int stages, double mean)
    {
        double sum = 0;
        for (int i = 0; i < stages; i++)
        {
            sum += stream.Exponential(mean / stages);
        }
        return sum;
    }

    /// <summary>Weibull, by its shape and scale, both above 0.</summary>
    public static double Weibull(this RandomStream stream, double shape, double scale)
    {
        double exponential = stream.Exponential(1);
        return exponential == 0 ? 0 : scale * PortableMath.Exp(PortableMath.Log(exponential) / shape);
    }

    /// <summary>Gamma, by its shape and scale, both above 0: mean shape × scale (Marsaglia and Tsang 2000).</summary>
    public static double Gamma(this RandomStream stream, double shape, double scale)
    {
        if (shape < 1)
        {
            return stream.Gamma(shape + 1, scale) * PortableMath.Exp(PortableMath.Log(1 - stream.NextDouble()) / shape);
        }
        double d = shape - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = stream.Normal(0, 1);
            double root = 1 + (c * x);
            double v = root * root * root;
            if (v > 0 && PortableMath.Log(1 - stream.NextDouble()) < (x * x / 2) + d - (d * v) + (d * PortableMath.Log(v)))
            {
                return d * v * scale;
            }
        }
    }

    /// <summary>Cauchy, by its median and scale: the ratio of two normals.</summary>
    public static double Cauchy(this RandomStream stream, double median, double scale)
    {
        double below;
        do
        {
            below = stream.Normal(0, 1);
        }
        while (below == 0);
        return median + (scale * stream.Normal(0, 1) / below);
    }

    /// <summary>One of the items, each as likely.</summary>
    public static T Choice<T>(this RandomStream stream, IReadOnlyList<T> items) => items[stream.NextInt(items.Count)];

    /// <summary>One of the items, each with a probability in proportion to its weight.</summary>
    /// <exception cref="ArgumentException">Not a weight an item, or none above 0, or one below.</exception>
    public static T Choice<T>(this RandomStream stream, IReadOnlyList<T> items, IReadOnlyList<double> weights)
    {
        double sum = weights.Sum();
        if (items.Count != weights.Count || !(sum > 0) || weights.Any(weight => !(weight >= 0)))
        {
            throw new ArgumentException($"{items.Count} items have {items.Count} weights, 0 or more, and not all 0", nameof(weights));
        }
        double left = stream.NextDouble() * sum;
        int last = 0;
        for (int i = 0; i < items.Count; i++)
        {
            if (weights[i] > 0)
            {
                last = i; // Where rounding has eaten up the sum, the last that can be chosen.
                if (left < weights[i])
                {
                    break;
                }
                left -= weights[i];
            }
        }
        return items[last];
    }

    /// <summary>True with this probability.</summary>
    public static bool Bernoulli(this RandomStream stream, double probability) => stream.NextDouble() < probability;
}
