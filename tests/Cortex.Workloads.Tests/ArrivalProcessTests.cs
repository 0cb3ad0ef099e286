using Xunit;

namespace Cortex.Workloads.Tests;

/// <summary>
/// Drawn arrivals against what their processes say, for seeds 1 to 20, none chosen: at most one may lie outside its 99.9 % bound.
/// </summary>
public sealed class ArrivalProcessTests
{
    private const int Count = 4000;

    // Two-sided 99.9 % points: of the normal distribution, and of √n times the Kolmogorov–Smirnov distance.
    private const double Normal = 3.2905;
    private const double Kolmogorov = 1.9495;

    [Fact]
    public void Poisson_gaps_are_exponential() => AtMostOneOutside(
        seed => Distance(Generating.Gaps(new ArrivalProcess.Poisson(3), seed, Count), gap => 1 - Math.Exp(-3 * gap)) <= Kolmogorov);

    [Fact]
    public void Regular_gamma_gaps_are_of_Erlangs_distribution()
    {
        // cv ½ is shape 4.
        AtMostOneOutside(seed => Distance(
            Generating.Gaps(new ArrivalProcess.Gamma(2, 0.5), seed, Count),
            gap => 1 - (Math.Exp(-8 * gap) * (1 + (8 * gap) + (Math.Pow(8 * gap, 2) / 2) + (Math.Pow(8 * gap, 3) / 6)))) <= Kolmogorov);
    }

    [Fact]
    public void Gamma_gaps_of_coefficient_of_variation_root_2_are_of_the_chi_square_distribution()
    {
        // Shape ½: the square of a normal number, with mean 1/rate. P(gap ≤ x) = erf(√(rate x / 2)).
        AtMostOneOutside(seed => Distance(Generating.Gaps(new ArrivalProcess.Gamma(2, Math.Sqrt(2)), seed, Count), gap => Erf(Math.Sqrt(gap))) <= Kolmogorov);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Gamma_gaps_have_their_mean_and_their_variation(double cv)
    {
        AtMostOneOutside(seed =>
        {
            double[] gaps = Generating.Gaps(new ArrivalProcess.Gamma(5, cv), seed, Count);
            return Math.Abs(gaps.Average() - 0.2) <= Normal * cv * 0.2 / Math.Sqrt(Count);
        });
        double[] many = [.. Enumerable.Range(1, 20).SelectMany(seed => Generating.Gaps(new ArrivalProcess.Gamma(5, cv), (ulong)seed, Count))];
        double mean = many.Average();
        double deviation = Math.Sqrt(many.Sum(gap => (gap - mean) * (gap - mean)) / many.Length);
        Assert.InRange(deviation / mean, 0.95 * cv, 1.05 * cv);
    }

    [Fact]
    public void A_modulated_process_with_one_state_is_Poissons() => AtMostOneOutside(
        seed => Distance(Generating.Gaps(new ArrivalProcess.Mmpp([new(3, 7)]), seed, Count), gap => 1 - Math.Exp(-3 * gap)) <= Kolmogorov);

    [Fact]
    public void A_modulated_process_has_the_mean_rate_of_its_states_and_comes_in_bursts()
    {
        // 1 a second for 30 s, then 16 a second for 10 s: 4.75 a second in the long run.
        ArrivalProcess.Mmpp process = new([new(1, 30), new(16, 10)]);
        double time = 0;
        List<double> dispersion = [];
        for (ulong seed = 1; seed <= 20; seed++)
        {
            double[] gaps = Generating.Gaps(process, seed, Count);
            time += gaps.Sum();
            dispersion.Add(Dispersion(gaps, window: 5));
        }
        Assert.InRange(20 * Count / time, 4.75 * 0.9, 4.75 * 1.1);
        Assert.All(dispersion, value => Assert.True(value > 5, $"variance ÷ mean of counts is {value}, of a Poisson process it is 1"));
    }

    [Fact]
    public void In_a_state_without_arrivals_nobody_arrives()
    {
        double[] gaps = Generating.Gaps(new ArrivalProcess.Mmpp([new(0, 50), new(20, 1)]), 1, Count);
        Assert.True(gaps[0] > 1);
        Assert.InRange(Count / gaps.Sum(), 20.0 / 51 * 0.8, 20.0 / 51 * 1.25);
    }

    [Fact]
    public void A_closed_loop_has_no_arrivals()
    {
        Workload workload = Generating.Load(new WorkloadProfile(new ChatProfile(), new ArrivalProcess.Closed()), 1, 10);
        Assert.True(workload.ClosedByDefault);
        Assert.All(workload.Workflows, workflow => Assert.Null(workflow.Arrival));
    }

    private static void AtMostOneOutside(Func<ulong, bool> holds) =>
        Assert.InRange(Enumerable.Range(1, 20).Count(seed => !holds((ulong)seed)), 0, 1);

    /// <summary>√n times the largest distance between the values' and the given distribution function.</summary>
    private static double Distance(double[] values, Func<double, double> distribution)
    {
        double[] sorted = [.. values.Order()];
        double largest = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double expected = distribution(sorted[i]);
            largest = Math.Max(largest, Math.Max(expected - ((double)i / sorted.Length), ((i + 1.0) / sorted.Length) - expected));
        }
        return Math.Sqrt(sorted.Length) * largest;
    }

    /// <summary>Variance ÷ mean of the arrivals in windows of so many seconds.</summary>
    private static double Dispersion(double[] gaps, double window)
    {
        double at = 0;
        Dictionary<int, int> counts = [];
        foreach (double gap in gaps)
        {
            at += gap;
            counts[(int)(at / window)] = counts.GetValueOrDefault((int)(at / window)) + 1;
        }
        double[] all = [.. Enumerable.Range(0, (int)(at / window)).Select(i => (double)counts.GetValueOrDefault(i))];
        double mean = all.Average();
        return all.Sum(count => (count - mean) * (count - mean)) / all.Length / mean;
    }

    /// <summary>The error function by its power series, for the small arguments met here.</summary>
    private static double Erf(double x)
    {
        if (x > 5)
        {
            return 1;
        }
        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }
        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
