using System.Text.Json;
using Cortex.Experiments.Statistics;
using Cortex.Testing;
using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class StatisticsTests
{
    private const string Cases = "peers/statistics/cases.json";

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

    [SharedFact(Cases)]
    public void Mean_intervals_equal_scipy()
    {
        foreach (JsonElement one in CasesOf("mean-interval"))
        {
            double[] values = Numbers(one.GetProperty("x"));
            Interval interval = MeanInterval.Of(values, one.GetProperty("level").GetDouble())!.Value;
            JsonElement gives = one.GetProperty("gives");
            // Samples at an offset of 1e9 leave their spread only a few digits.
            double tolerance = Math.Abs(values[0]) > 1e8 ? 1e-6 : 1e-9;
            AssertNear(gives, "mean", interval.Mean, 1e-9);
            AssertNear(gives, "low", interval.Low!.Value, tolerance);
            AssertNear(gives, "high", interval.High!.Value, tolerance);
        }
    }

    [SharedFact(Cases)]
    public void Paired_differences_equal_scipy()
    {
        foreach (JsonElement one in CasesOf("paired-difference"))
        {
            double?[] a = [.. Numbers(one.GetProperty("a"))];
            double?[] b = [.. Numbers(one.GetProperty("b"))];
            Interval difference = PairedComparison.Of(a, b, one.GetProperty("level").GetDouble())!.Value.Difference;
            JsonElement gives = one.GetProperty("gives");
            double tolerance = Math.Abs(a[0]!.Value) > 1e8 ? 1e-6 : 1e-9;
            AssertNear(gives, "mean_difference", difference.Mean, tolerance);
            AssertNear(gives, "low", difference.Low!.Value, tolerance);
            AssertNear(gives, "high", difference.High!.Value, tolerance);
        }
    }

    private static IEnumerable<JsonElement> CasesOf(string what)
    {
        JsonElement cases = JsonDocument.Parse(File.ReadAllText(Shared.PathOf(Cases))).RootElement.GetProperty("cases");
        JsonElement[] found = [.. cases.EnumerateArray().Where(one => one.GetProperty("what").GetString() == what)];
        Assert.NotEmpty(found);
        return found;
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];

    private static void AssertNear(JsonElement gives, string key, double actual, double tolerance)
    {
        double expected = gives.GetProperty(key).GetDouble();
        Assert.True(
            Math.Abs(actual - expected) <= tolerance * Math.Max(Math.Abs(expected), 1e-300), $"{key}: {actual:R}, SciPy {expected:R}, in {gives}");
    }
}
