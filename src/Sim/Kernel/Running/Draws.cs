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

    /// <summary>True with this probability.</summary>
    public static bool Bernoulli(this RandomStream stream, double probability) => stream.NextDouble() < probability;
}
