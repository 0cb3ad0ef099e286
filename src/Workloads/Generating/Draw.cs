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
