using Cortex.Policies.Random;

namespace Cortex.Experiments.Tests.Statistics;

/// <summary>Waits in M/M/1 by Lindley's recursion: service takes 1 on average, arrivals come at rate <paramref name="load"/>.</summary>
internal sealed class LindleyQueue(double load)
{
    /// <summary>Mean wait in the steady state.</summary>
    public double MeanWait => load / (1 - load);

    /// <summary>Quantile of the wait in the steady state, for q above 1 − load.</summary>
    public double WaitQuantile(double q) => Math.Log(load / (1 - q)) / (1 - load);

    /// <summary>Waits of the first customers, the first of whom finds this much work.</summary>
    public double[] Waits(ulong seed, int customers, double work = 0)
    {
        var services = new RandomStream(seed, "services");
        var arrivals = new RandomStream(seed, "arrivals");
        double[] waits = new double[customers];
        for (int customer = 0; customer < customers; customer++)
        {
            waits[customer] = work;
            work = Math.Max(0, work + Exponential(services) - Exponential(arrivals) / load);
        }
        return waits;
    }

    private static double Exponential(RandomStream stream) => -Math.Log(1 - stream.NextDouble());
}
