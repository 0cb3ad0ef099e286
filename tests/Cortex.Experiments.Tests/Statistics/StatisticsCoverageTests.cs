using Cortex.Experiments.Statistics;
using Xunit;

namespace Cortex.Experiments.Tests.Statistics;

/// <summary>Do intervals cover the truth as often as they say? Waits in M/M/1 at 90 % load depend on each other over hundreds of customers.</summary>
public sealed class StatisticsCoverageTests
{
    private const int Customers = 200_000;

    private readonly LindleyQueue queue = new(0.9);

    [Fact]
    public void Batch_means_of_400_runs_cover_the_mean_wait()
    {
        double covered = Share(400, seed => Covers(BatchMeans.Mean(queue.Waits(seed, Customers)), queue.MeanWait));
        Assert.InRange(covered, 0.91, 0.98);
    }

    [Fact]
    public void Ten_replications_cover_the_mean_wait()
    {
        double covered = Share(40, first => Covers(
            MeanInterval.Of([.. Enumerable.Range(0, 10).Select(one => Moments.Mean(queue.Waits(first * 10 + (ulong)one, Customers / 10)))]), queue.MeanWait));
        // 40 trials: 95 % less three standard errors, and the little that a start with an empty queue takes away.
        Assert.InRange(covered, 0.82, 1);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    public void Batched_order_statistics_cover_quantiles_of_the_wait(double q)
    {
        double covered = Share(100, seed => Covers(BatchMeans.Quantile(queue.Waits(seed, Customers), q), queue.WaitQuantile(q)));
        Assert.InRange(covered, 0.88, 1);
    }

    [Fact]
    public void Values_taken_as_independent_would_not()
    {
        double covered = Share(50, seed => Covers(MeanInterval.Of(queue.Waits(seed, Customers)), queue.MeanWait));
        Assert.InRange(covered, 0, 0.3);
    }

    [Fact]
    public void Mser5_cuts_a_biased_start_and_brings_the_mean_to_the_truth()
    {
        double before = 0;
        double after = 0;
        var quiet = new LindleyQueue(0.5);
        for (ulong seed = 1; seed <= 20; seed++)
        {
            // The first customer finds 500 units of work, which are gone after about 500 customers.
            double[] waits = quiet.Waits(seed, 20_000, work: 500);
            int cut = WarmupDetection.Mser5(waits);
            Assert.InRange(cut, 300, 1_500);
            before += Moments.Mean(waits) / 20;
            after += Moments.Mean(waits.AsSpan(cut)) / 20;
        }
        Assert.True(before > 5 * quiet.MeanWait);
        Assert.InRange(after, 0.95 * quiet.MeanWait, 1.05 * quiet.MeanWait);
    }

    [Fact]
    public void Mser5_leaves_what_has_no_warm_up()
    {
        Assert.Equal(0, WarmupDetection.Mser5([1, 2, 3]));
        double[] level = [.. Enumerable.Range(0, 1000).Select(index => (double)(index * 7919 % 100))];
        Assert.InRange(WarmupDetection.Mser5(level), 0, 100);
    }

    private static double Share(int trials, Func<ulong, bool> holds)
    {
        int held = 0;
        Parallel.For(1, trials + 1, seed => Interlocked.Add(ref held, holds((ulong)seed) ? 1 : 0));
        return (double)held / trials;
    }

    /// <summary>A bound that is missing bounds nothing.</summary>
    private static bool Covers(Interval? interval, double truth) => (interval!.Value.Low ?? 0) <= truth && truth <= (interval.Value.High ?? double.PositiveInfinity);
}
