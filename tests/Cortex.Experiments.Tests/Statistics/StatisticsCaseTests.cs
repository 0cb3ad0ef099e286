using System.Text.Json;
using Cortex.Experiments.Statistics;
using Cortex.Testing;
using Xunit;

namespace Cortex.Experiments.Tests.Statistics;

/// <summary>Every case of the kinds that the product offers, as SciPy, NumPy and statsmodels compute it.</summary>
public sealed class StatisticsCaseTests
{
    private const string Cases = $"{StatisticsCases.Folder}/{StatisticsCases.Pattern}";

    [SharedTheory(Cases)]
    [StatisticsCases("mean-interval")]
    public void Mean_interval(string file, int number)
    {
        StatisticsCase one = StatisticsCases.Find(file, number);
        Interval interval = MeanInterval.Of(one.X, one.Level)!.Value;
        double tolerance = Tolerance(one.X);
        AssertNear(one, "mean", interval.Mean);
        AssertNear(one, "stddev", Moments.StandardDeviation(one.X), tolerance);
        AssertNear(one, "low", interval.Low, tolerance);
        AssertNear(one, "high", interval.High, tolerance);
    }

    [SharedTheory(Cases)]
    [StatisticsCases("paired-difference")]
    public void Paired_difference(string file, int number)
    {
        StatisticsCase one = StatisticsCases.Find(file, number);
        double[] a = one.Sample("a");
        PairedComparison comparison = PairedComparison.Of([.. a], [.. one.Sample("b")], one.Level)!.Value;
        double tolerance = Tolerance(a);
        AssertNear(one, "mean_difference", comparison.Difference.Mean, tolerance);
        AssertNear(one, "low", comparison.Difference.Low, tolerance);
        AssertNear(one, "high", comparison.Difference.High, tolerance);
        AssertNear(one, "t", comparison.T, tolerance);
        AssertNear(one, "p", comparison.P, tolerance);
    }

    [SharedTheory(Cases)]
    [StatisticsCases("welch-difference")]
    public void Welch_difference(string file, int number)
    {
        StatisticsCase one = StatisticsCases.Find(file, number);
        double[] a = one.Sample("a");
        WelchComparison comparison = WelchComparison.Of(a, one.Sample("b"), one.Level)!.Value;
        double tolerance = Tolerance(a);
        AssertNear(one, "low", comparison.Difference.Low, tolerance);
        AssertNear(one, "high", comparison.Difference.High, tolerance);
        AssertNear(one, "t", comparison.T, tolerance);
        AssertNear(one, "df", comparison.Degrees, tolerance);
        AssertNear(one, "p", comparison.P, tolerance);
    }

    [SharedTheory(Cases)]
    [StatisticsCases("holm")]
    public void Holm(string file, int number)
    {
        StatisticsCase one = StatisticsCases.Find(file, number);
        double[] adjusted = HolmCorrection.Adjust(one.Sample("p"));
        double[] expected = StatisticsCase.Numbers(one.Gives.GetProperty("adjusted"));
        bool[] reject = [.. one.Gives.GetProperty("reject").EnumerateArray().Select(each => each.GetBoolean())];
        Assert.Equal(expected.Length, adjusted.Length);
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.Equal(expected[index], adjusted[index], 1e-9 * expected[index]);
            Assert.Equal(reject[index], adjusted[index] <= one.Value("alpha"));
        }
    }

    [SharedTheory(Cases)]
    [StatisticsCases("quantile")]
    public void Quantile(string file, int number)
    {
        StatisticsCase one = StatisticsCases.Find(file, number);
        double[] sorted = [.. one.X.Order()];
        AssertNear(one, "linear", SampleQuantile.Linear(sorted, one.Value("q")), Tolerance(sorted));
        AssertNear(one, "inverted_cdf", SampleQuantile.InvertedCdf(sorted, one.Value("q")));
    }

    [SharedTheory(Cases)]
    [StatisticsCases("quantile-interval")]
    public void Quantile_interval(string file, int number)
    {
        StatisticsCase one = StatisticsCases.Find(file, number);
        (int? low, int? high) = QuantileInterval.Ranks((int)one.Value("n"), one.Value("q"), one.Level);
        Assert.Equal((Rank("low_rank"), Rank("high_rank")), (low, high));

        int? Rank(string key) => one.Gives.GetProperty(key) is { ValueKind: JsonValueKind.Number } rank ? rank.GetInt32() : null;
    }

    [SharedTheory(Cases)]
    [StatisticsCases("kendall-tau-b")]
    public void Kendall_tau_b(string file, int number)
    {
        StatisticsCase one = StatisticsCases.Find(file, number);
        AssertNear(one, "tau", RankCorrelation.KendallTauB(one.Sample("a"), one.Sample("b")));
    }

    [SharedTheory(Cases)]
    [StatisticsCases("spearman")]
    public void Spearman(string file, int number)
    {
        StatisticsCase one = StatisticsCases.Find(file, number);
        AssertNear(one, "rho", RankCorrelation.Spearman(one.Sample("a"), one.Sample("b")));
    }

    [SharedTheory(Cases)]
    [StatisticsCases("proportion-interval")]
    public void Proportion_interval(string file, int number)
    {
        StatisticsCase one = StatisticsCases.Find(file, number);
        (int k, int n) = ((int)one.Value("k"), (int)one.Value("n"));
        AssertBounds(one, "wilson", ProportionInterval.Wilson(k, n, one.Level));
        AssertBounds(one, "clopper_pearson", ProportionInterval.ClopperPearson(k, n, one.Level));
    }

    [SharedTheory(Cases)]
    [StatisticsCases("kolmogorov-smirnov-two-sample")]
    public void Kolmogorov_Smirnov_of_two_samples(string file, int number)
    {
        StatisticsCase one = StatisticsCases.Find(file, number);
        KolmogorovSmirnov found = KolmogorovSmirnov.OfTwo(one.Sample("a"), one.Sample("b"))!.Value;
        AssertNear(one, "d", found.Distance);
        AssertNear(one, "p_asymptotic", found.P, 1e-6);
    }

    [SharedTheory(Cases)]
    [StatisticsCases("ks-exponential")]
    public void Kolmogorov_Smirnov_against_the_exponential_distribution(string file, int number)
    {
        StatisticsCase one = StatisticsCases.Find(file, number);
        double mean = one.Value("mean");
        AssertNear(one, "d", KolmogorovSmirnov.OfOne(one.X, x => 1 - Math.Exp(-x / mean))!.Value.Distance);
    }

    [SharedTheory(Cases)]
    [StatisticsCases("linear-regression")]
    public void Linear_regression(string file, int number)
    {
        StatisticsCase one = StatisticsCases.Find(file, number);
        LinearRegression line = LinearRegression.Of(one.X, one.Sample("y"))!.Value;
        AssertNear(one, "slope", line.Slope);
        AssertNear(one, "intercept", line.Intercept);
        AssertNear(one, "r2", line.R2);
        AssertNear(one, "slope_stderr", line.SlopeError);
    }

    [SharedTheory(Cases)]
    [StatisticsCases("non-negative-least-squares")]
    public void Non_negative_least_squares(string file, int number)
    {
        StatisticsCase one = StatisticsCases.Find(file, number);
        double[][] rows = [.. one.Json.GetProperty("a").EnumerateArray().Select(StatisticsCase.Numbers)];
        double[,] a = new double[rows.Length, rows[0].Length];
        foreach ((int row, double[] values) in rows.Index())
        {
            foreach ((int column, double value) in values.Index())
            {
                a[row, column] = value;
            }
        }
        NonNegativeLeastSquares found = NonNegativeLeastSquares.Solve(a, one.Sample("b"));
        AssertNear(one, "residual_norm", found.ResidualNorm, 1e-7);
        double[] expected = StatisticsCase.Numbers(one.Gives.GetProperty("x"));
        Assert.Equal(expected.Length, found.X.Count);
        Assert.All(expected.Zip(found.X), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-7 * Math.Max(pair.First, 1e-7), $"{pair} in {one.Json}"));
    }

    [SharedTheory(Cases)]
    [StatisticsCases("distribution-quantile")]
    public void Distribution_quantile(string file, int number)
    {
        StatisticsCase one = StatisticsCases.Find(file, number);
        Distribution distribution = Distribution.Of(one.Json.GetProperty("distribution").GetString()!, one.Sample("parameters"));
        AssertNear(one, "x", distribution.Quantile(one.Value("u")));
        AssertNear(one, "mean", distribution.Mean);
    }

    private static void AssertBounds(StatisticsCase one, string key, Interval interval)
    {
        double[] expected = StatisticsCase.Numbers(one.Gives.GetProperty(key));
        Assert.Equal(one.Value("k") / one.Value("n"), interval.Mean);
        Assert.Equal(expected[0], interval.Low!.Value, 1e-9 * expected[0]);
        Assert.Equal(expected[1], interval.High!.Value, 1e-9 * expected[1]);
    }

    /// <summary>Samples at an offset of 1e9 leave their spread only a few digits.</summary>
    private static double Tolerance(double[] sample) => Math.Abs(sample[0]) > 1e8 ? 1e-6 : 1e-9;

    private static void AssertNear(StatisticsCase one, string key, double? actual, double tolerance = 1e-9)
    {
        JsonElement expected = one.Gives.GetProperty(key);
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Null(actual);
            return;
        }
        double value = expected.GetDouble();
        Assert.True(
            Math.Abs(actual!.Value - value) <= tolerance * Math.Max(Math.Abs(value), 1e-300), $"{key}: {actual:R}, expected {value:R}, in {one.Json}");
    }
}
