using Cortex.Experiments.Statistics;
using Cortex.Policies.Random;
using Xunit;

namespace Cortex.Experiments.Tests.Statistics;

public sealed class SaturationTests
{
    [Theory]
    [InlineData(0.3, SaturationState.Stable)]
    [InlineData(0.6, SaturationState.Stable)]
    [InlineData(1.3, SaturationState.Overloaded)]
    [InlineData(2, SaturationState.Overloaded)]
    public void A_queue_is_stable_below_its_capacity_and_overloaded_above(double load, SaturationState state)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            (double deficit, double trend) = Signs(load, seed);
            Assert.Equal(state, Saturation.Classify(deficit, trend));
        }
    }

    [Fact]
    public void Just_above_its_capacity_a_queue_is_never_called_stable()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            (double deficit, double trend) = Signs(1.1, seed);
            Assert.NotEqual(SaturationState.Stable, Saturation.Classify(deficit, trend));
        }
    }

    [Fact]
    public void The_deficit_is_of_the_second_half_of_the_arrivals()
    {
        // Arrivals at 0 to 10 s; of those after 5 s, two of five end by 10 s, and one from before.
        (double, double)[] spans = [(0, 1), (2, 6), (5, 12), (6, 7), (7, 9), (8, 11), (9, double.PositiveInfinity), (10, 20)];
        Assert.Equal(1 - 3.0 / 5, Saturation.RateDeficit(spans)!.Value, 1e-12);
        Assert.Null(Saturation.RateDeficit([]));
        Assert.Null(Saturation.RateDeficit([(1, 2)]));
    }

    [Fact]
    public void The_trend_is_of_the_halves()
    {
        Assert.Equal(1, Saturation.LatencyTrend([1, 1, 2, 2]));
        Assert.Equal(0, Saturation.LatencyTrend([2, 2, 1, 1]));
        Assert.Null(Saturation.LatencyTrend([1]));
        Assert.Null(Saturation.LatencyTrend([0, 1]));
    }

    private static (double Deficit, double Trend) Signs(double load, ulong seed)
    {
        var queue = new LindleyQueue(load);
        var arrivals = new RandomStream(seed, "arrivals");
        double[] waits = queue.Waits(seed, 4000);
        var spans = new List<(double, double)>();
        double now = 0;
        foreach (double wait in waits)
        {
            // A service of mean length is near enough: what matters is the wait.
            spans.Add((now, now + wait + 1));
            now += -Math.Log(1 - arrivals.NextDouble()) / load;
        }
        return (Saturation.RateDeficit(spans)!.Value, Saturation.LatencyTrend([.. waits.Select(wait => wait + 1)])!.Value);
    }
}
