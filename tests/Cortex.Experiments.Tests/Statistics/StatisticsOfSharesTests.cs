using Cortex.Experiments.Statistics;
using Xunit;

namespace Cortex.Experiments.Tests.Statistics;

public sealed class StatisticsOfSharesTests
{
    [Theory]
    [InlineData(7)]
    [InlineData(40)]
    public void Clopper_and_Pearson_cover_at_least_the_level_whatever_the_share_and_Wilson_about_it(int n)
    {
        double wilson = 0;
        for (int percent = 1; percent < 100; percent++)
        {
            double exact = Coverage(n, percent / 100.0, k => ProportionInterval.ClopperPearson(k, n));
            Assert.True(exact >= 0.95 - 1e-12, $"{percent} %: {exact}");
            wilson += Coverage(n, percent / 100.0, k => ProportionInterval.Wilson(k, n)) / 99;
        }
        Assert.InRange(wilson, 0.945, 0.965);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void One_success_or_all_but_one_have_bounds_in_closed_form(int n)
    {
        double least = -double.ExpM1(double.LogP1(-0.025) / n);
        Assert.Equal(least, ProportionInterval.ClopperPearson(1, n).Low!.Value, 1e-8 * least);
        Assert.Equal(1 - least, ProportionInterval.ClopperPearson(n - 1, n).High!.Value, 1e-12);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 3)]
    [InlineData(4, 3)]
    public void Counts_that_cannot_be_are_refused(int k, int n)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ProportionInterval.Wilson(k, n));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProportionInterval.ClopperPearson(k, n));
    }

    [Fact]
    public void A_share_in_a_run_is_as_sure_as_its_batches_allow()
    {
        // Every other value holds: no batch differs, so all values count. In blocks of 500 each value repeats its neighbour.
        Interval alternating = BatchMeans.Share([.. Enumerable.Range(0, 6_000).Select(index => index % 2 == 0)])!.Value;
        Interval blocks = BatchMeans.Share([.. Enumerable.Range(0, 6_000).Select(index => index / 500 % 2 == 0)])!.Value;
        Assert.Equal(ProportionInterval.Wilson(3_000, 6_000), alternating);
        Assert.Equal(0.5, blocks.Mean);
        Assert.True(blocks.Half > 5 * alternating.Half);
        Assert.Equal(ProportionInterval.Wilson(100, 100), BatchMeans.Share([.. Enumerable.Repeat(true, 100)]));
        Assert.Equal(new Interval(1, null, null, 59), BatchMeans.Share([.. Enumerable.Repeat(true, 59)]));
        Assert.Null(BatchMeans.Share([]));
    }

    [Fact]
    public void An_interval_of_shares_over_repetitions_stays_from_0_to_1_and_is_students_where_that_does()
    {
        double[] middle = [0.4, 0.5, 0.6];
        Assert.Equal(MeanInterval.Of(middle), ProportionInterval.OfShares(middle));
        double[] near = [0.999, 0.97, 0.9995];
        Assert.True(MeanInterval.Of(near)!.Value.High > 1);
        Interval high = ProportionInterval.OfShares(near)!.Value;
        Assert.Equal(MeanInterval.Of(near)!.Value.Mean, high.Mean);
        Assert.InRange(high.High!.Value, high.Mean, 1);
        Assert.InRange(high.Low!.Value, 0.5, 0.97);
        Interval low = ProportionInterval.OfShares([.. near.Select(share => 1 - share)])!.Value;
        Assert.Equal(1 - high.Low!.Value, low.High!.Value, 1e-9);
        Assert.Equal(1 - high.High!.Value, low.Low!.Value, 1e-9);
        Assert.Equal(new Interval(1, 1, 1, 2), ProportionInterval.OfShares([1, 1]));
        Assert.Equal(new Interval(0.5, null, null, 1), ProportionInterval.OfShares([0.5]));
        Assert.Null(ProportionInterval.OfShares([]));
    }

    [Fact]
    public void Shares_near_their_end_are_covered_as_often_as_the_interval_says()
    {
        // Shares of repetitions of 200 calls each, of which 99 % meet the bound.
        int covered = 0;
        for (ulong seed = 1; seed <= 400; seed++)
        {
            var random = new Cortex.Policies.Random.RandomStream(seed, "shares");
            double[] shares = [.. Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, 200).Count(_ => random.NextDouble() < 0.99) / 200.0)];
            Interval found = ProportionInterval.OfShares(shares)!.Value;
            Assert.True(found is { Low: >= 0, High: <= 1 });
            covered += found.Low <= 0.99 && 0.99 <= found.High ? 1 : 0;
        }
        Assert.InRange(covered, 364, 400);
    }

    private static double Coverage(int n, double share, Func<int, Interval> interval)
    {
        double covered = 0;
        for (int k = 0; k <= n; k++)
        {
            Interval one = interval(k);
            covered += one.Low <= share && share <= one.High ? MathNet.Numerics.Distributions.Binomial.PMF(share, n, k) : 0;
        }
        return covered;
    }
}
