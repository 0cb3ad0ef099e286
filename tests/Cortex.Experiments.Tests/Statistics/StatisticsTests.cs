using Cortex.Experiments.Statistics;
using Xunit;

namespace Cortex.Experiments.Tests.Statistics;

public sealed class StatisticsTests
{
    [Fact]
    public void A_mean_has_students_interval()
    {
        // t(0.975; 4) = 2.7764451051977987; mean 3, standard deviation √2.5.
        Interval interval = MeanInterval.Of([1, 2, 3, 4, 5])!.Value;
        Assert.Equal(3, interval.Mean);
        Assert.Equal(3 - 2.7764451051977987 * Math.Sqrt(0.5), interval.Low!.Value, 1e-9);
        Assert.Equal(3 + 2.7764451051977987 * Math.Sqrt(0.5), interval.High!.Value, 1e-9);
        Assert.Equal(5, interval.N);
    }

    [Fact]
    public void One_value_has_no_interval_and_none_has_no_mean()
    {
        Assert.Equal(new Interval(4, null, null, 1), MeanInterval.Of([4]));
        Assert.Null(MeanInterval.Of([]));
        Assert.False(new Interval(0, null, null, 1).IncludesZero);
    }

    [Fact]
    public void Pairs_leave_out_repetitions_without_a_value()
    {
        PairedComparison comparison = PairedComparison.Of([11, null, 13, 20], [10, 11, 12, null])!.Value;
        Assert.Equal(new Interval(1, 1, 1, 2), comparison.Difference);
        Assert.Equal(1.0 / 11, comparison.Relative!.Value.Mean, 1e-15);
        Assert.False(comparison.IsAlike);
        Assert.Null(PairedComparison.Of([1, null], [null, 1]));
    }

    [Fact]
    public void Policies_are_alike_where_the_interval_includes_zero()
    {
        Assert.True(PairedComparison.Of([10, 12], [11, 11])!.Value.IsAlike);
        Assert.True(PairedComparison.Of([1, 1], [1, 1])!.Value.IsAlike);
        Assert.False(PairedComparison.Of([2], [1])!.Value.IsAlike);
        Assert.Null(PairedComparison.Of([1, 2], [-1, 1])!.Value.Relative);
    }

    [Theory]
    [InlineData("90", 44)]
    [InlineData("99", 459)]
    [InlineData("99.9", 4603)]
    [InlineData("1", 459)]
    [InlineData("50", 7)]
    public void A_percentile_needs_samples(string percentile, int needed)
    {
        Assert.True(TailSamples.TooFew(percentile, needed - 1));
        Assert.False(TailSamples.TooFew(percentile, needed));
    }

    [Fact]
    public void Differences_without_spread_are_certain_or_none()
    {
        Assert.Equal(0, PairedComparison.Of([3, 4], [1, 2])!.Value.P);
        Assert.Equal(1, PairedComparison.Of([1, 2], [1, 2])!.Value.P);
        Assert.Null(PairedComparison.Of([1], [2])!.Value.P);
        Assert.Equal(0, WelchComparison.Of([3, 3], [1, 1, 1])!.Value.P);
        Assert.Equal(1, WelchComparison.Of([3, 3], [3, 3, 3])!.Value.P);
        Assert.Null(WelchComparison.Of([3], [1, 1]));
    }

    [Fact]
    public void Holm_corrects_step_by_step_and_keeps_the_order()
    {
        Assert.Equal([0.03, 0.06, 0.06, 0.02], HolmCorrection.Adjust([0.01, 0.04, 0.03, 0.005]), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal([1, 1], HolmCorrection.Adjust([0.7, 0.9]));
        Assert.Empty(HolmCorrection.Adjust([]));
    }

    [Fact]
    public void Batch_means_of_independent_values_are_students_interval_of_the_means()
    {
        double[] values = [.. Enumerable.Range(0, 61).Select(index => (double)index % 7)];
        Interval interval = BatchMeans.Mean(values, batches: 2)!.Value;
        Interval of = MeanInterval.Of([values[..30].Average(), values[30..].Average()])!.Value;
        Assert.Equal(values.Average(), interval.Mean, 1e-12);
        Assert.Equal(of.Half!.Value, interval.Half!.Value, 1e-12);
        Assert.Equal(61, interval.N);
    }

    [Fact]
    public void Too_few_values_for_batches_give_no_bounds()
    {
        Assert.Equal(new Interval(2, null, null, 3), BatchMeans.Mean([1, 2, 3]));
        Assert.Equal(new Interval(2, null, null, 3), BatchMeans.Quantile([1, 3, 2], 0.5));
        Assert.Null(BatchMeans.Mean([]));
        Assert.Null(BatchMeans.Quantile([], 0.5));
        // 300 values bound a median, but no 99th percentile from above.
        double[] values = [.. Enumerable.Range(0, 300).Select(index => (double)(index * 7919 % 300))];
        Assert.NotNull(BatchMeans.Quantile(values, 0.5)!.Value.High);
        Assert.Null(BatchMeans.Quantile(values, 0.99)!.Value.High);
    }

    [Fact]
    public void Kendalls_tau_tells_the_same_order_from_the_reverse()
    {
        Assert.Equal(1, RankCorrelation.KendallTauB([1, 2, 3], [10, 20, 30]));
        Assert.Equal(-1, RankCorrelation.KendallTauB([1, 2, 3], [3, 2, 1]));
        Assert.Null(RankCorrelation.KendallTauB([1, 2, 3], [5, 5, 5]));
    }
}
