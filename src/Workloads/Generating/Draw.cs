using Cortex.Policies.Random;

namespace Cortex.Workloads;

/// <summary>Draws from the distributions that generated traces use, from arithmetic that is the same on every machine.</summary>
internal static class Draw
{
    /// <summary>Exponential with this mean.</summary>
    public static double Exponential(RandomStream random, double mean) => -mean * PortableMath.Log(1 - random.NextDouble());

    /// <summary>Log-normal with this median and this standard deviation of the logarithm, rounded and kept within bounds.</summary>
    public static int LogNormal(RandomStream random, double median, double sigma, int least, int most)
    {
        double value = median * PortableMath.Exp(sigma * Normal(random));
        return (int)Math.Round(Math.Clamp(value, least, most), MidpointRounding.ToEven);
    }

    /// <summary>
    /// Gamma with this shape and scale 1, by Marsaglia and Tsang (ACM TOMS 2000); below shape 1 with their power of a uniform number.
    /// </summary>
    public static double Gamma(RandomStream random, double shape)
    {
        if (shape < 1)
        {
            double power = PortableMath.Log(1 - random.NextDouble()) / shape;
            // What is smaller than e^−700 is 0.
            return power < -700 ? 0 : Gamma(random, shape + 1) * PortableMath.Exp(power);
        }
        double d = shape - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = Normal(random);
            double root = 1 + (c * x);
            if (root <= 0)
            {
                continue;
            }
            double v = root * root * root;
            if (PortableMath.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * PortableMath.Log(v)))
            {
                return d * v;
            }
        }
    }

    /// <summary>Geometric from 1 with this mean, at most <paramref name="most"/>.</summary>
    public static int Geometric(RandomStream random, double mean, int most)
    {
        int count = 1;
        while (count < most && random.NextDouble() >= 1 / mean)
        {
            count++;
        }
        return count;
    }

    /// <summary>Shares as 1/rank.</summary>
    public static double[] Zipf(int count)
    {
        double sum = Enumerable.Range(1, count).Sum(rank => 1.0 / rank);
        return [.. Enumerable.Range(1, count).Select(rank => 1 / (rank * sum))];
    }

    /// <summary>An index, drawn with these probabilities, which sum to 1.</summary>
    public static int Index(RandomStream random, ReadOnlySpan<double> probabilities)
    {
        double left = random.NextDouble();
        for (int i = 0; i < probabilities.Length - 1; i++)
        {
            left -= probabilities[i];
            if (left < 0)
            {
                return i;
            }
        }
        return probabilities.Length - 1;
    }

    /// <summary>Standard normal, by Marsaglia's polar method.</summary>
    public static double Normal(RandomStream random)
    {
        while (true)
        {
            double u = 2 * random.NextDouble() - 1;
            double v = 2 * random.NextDouble() - 1;
            double s = u * u + v * v;
            if (s is > 1e-300 and < 1)
            {
                return u * Math.Sqrt(-2 * PortableMath.Log(s) / s);
            }
        }
    }
}
