using Xunit;

namespace Cortex.Sim.Tests.Kernel.Queueing;

/// <summary>
/// The test of a mean: seeds 1 to 20, none chosen; for each a 99.9 % interval by 30 batch means; at most one seed may miss the value that
/// theory gives (two or more would happen by chance once in 5,000 such tests).
/// </summary>
internal static class Intervals
{
    private const int Seeds = 20, Batches = 30, MayMiss = 1;

    /// <summary>Student's t with 29 degrees of freedom, 99.95 %.</summary>
    private const double T = 3.659;

    /// <param name="theory">What the mean is.</param>
    /// <param name="samples">Of a run with this seed, in order of time.</param>
    public static void Cover(double theory, Func<ulong, IReadOnlyList<double>> samples)
    {
        List<string> missed = [];
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            (double mean, double half) = Of(samples(seed));
            if (!(Math.Abs(mean - theory) <= half))
            {
                missed.Add(FormattableString.Invariant($"seed {seed}: {mean:F5} ± {half:F5} misses {theory:F5}"));
            }
        }
        Assert.True(missed.Count <= MayMiss, string.Join('\n', missed));
    }

    /// <summary>A mean below a bound, for every seed.</summary>
    public static void StayBelow(double bound, Func<ulong, IReadOnlyList<double>> samples)
    {
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            (double mean, double half) = Of(samples(seed));
            Assert.InRange(mean - half, 0, bound);
        }
    }

    /// <summary>The mean after the first batch, which is warm-up, and half the width of its interval.</summary>
    private static (double Mean, double Half) Of(IReadOnlyList<double> samples)
    {
        int size = samples.Count / (Batches + 1);
        Assert.True(size > 100, $"{samples.Count} samples are too few");
        double[] means = [.. Enumerable.Range(1, Batches).Select(batch => samples.Skip(batch * size).Take(size).Average())];
        double mean = means.Average();
        double deviation = Math.Sqrt(means.Sum(value => (value - mean) * (value - mean)) / (Batches - 1));
        return (mean, T * deviation / Math.Sqrt(Batches));
    }
}
