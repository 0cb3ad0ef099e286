using Cortex.Experiments.Statistics;
using Cortex.Policies.Random;
using Xunit;

namespace Cortex.Experiments.Tests.Statistics;

public sealed class StatisticsOfFitsTests
{
    // Critical values at 5 % from the printed tables (L. H. Miller, 1956), and of the limit.
    [Theory]
    [InlineData(1, 0.975)]
    [InlineData(5, 0.56328)]
    [InlineData(10, 0.40925)]
    [InlineData(50, 0.18841)]
    [InlineData(100, 0.13403)]
    public void The_distance_exceeds_its_printed_critical_value_in_5_percent(int n, double critical) =>
        Assert.Equal(0.05, KolmogorovDistribution.Exceeds(n, critical), 1e-4);

    [Theory]
    [InlineData(0.5, 0.963945)]
    [InlineData(1, 0.270000)]
    [InlineData(1.5, 0.022218)]
    public void For_many_values_the_distance_has_Kolmogorovs_distribution(double z, double p) =>
        Assert.Equal(p, KolmogorovDistribution.Exceeds(1_000_000_000_000, z / 1e6), 2e-6);

    [Fact]
    public void Its_ways_of_computing_meet_where_they_change()
    {
        foreach (int n in (int[])[3, 20, 140, 141, 1_000, 100_000, 100_001])
        {
            foreach (double edge in (double[])[Math.Sqrt(2.2 / n), Math.Sqrt(4.0 / n), Math.Pow(1.4 / n, 2 / 3.0), 0.5])
            {
                double before = KolmogorovDistribution.Exceeds(n, edge * (1 - 1e-9));
                double behind = KolmogorovDistribution.Exceeds(n, edge * (1 + 1e-9));
                Assert.True(behind <= before + 1e-5 && before - behind < 1e-5, $"n {n}, d {edge}: {before} and {behind}");
            }
        }
    }

    [Fact]
    public void A_sample_of_its_own_distribution_is_rejected_as_often_as_the_level_says()
    {
        int rejected = 0;
        for (ulong seed = 1; seed <= 400; seed++)
        {
            var random = new RandomStream(seed, "sample");
            rejected += KolmogorovSmirnov.OfOne([.. Enumerable.Range(0, 50).Select(_ => random.NextDouble())], x => x)!.Value.P < 0.05 ? 1 : 0;
        }
        // 400 · 5 % with its 99.9 % interval.
        Assert.InRange(rejected, 8, 36);
    }

    [Fact]
    public void Ties_count_once_and_equal_samples_do_not_differ()
    {
        Assert.Equal(new KolmogorovSmirnov(0, 1), KolmogorovSmirnov.OfTwo([1, 1, 2], [1, 1, 2]));
        Assert.Equal(0.5, KolmogorovSmirnov.OfTwo([1, 1, 1, 2], [1, 2, 2, 3])!.Value.Distance);
        Assert.Equal(new KolmogorovSmirnov(1, 0), KolmogorovSmirnov.OfTwo([1, 2], [3]));
        Assert.Null(KolmogorovSmirnov.OfTwo([], [1]));
        Assert.Null(KolmogorovSmirnov.OfOne([], x => x));
        Assert.Equal(KolmogorovSmirnov.OfOne([0.3, 0.1, 0.3, 0.3], x => x), KolmogorovSmirnov.OfCounts([(0.1, 1), (0.3, 3)], 4, x => x));
    }

    [Fact]
    public void Points_on_a_line_give_the_line()
    {
        LinearRegression line = LinearRegression.Of([1, 2, 4], [5, 7, 11])!.Value;
        Assert.Equal(2, line.Slope, 1e-12);
        Assert.Equal(3, line.Intercept, 1e-12);
        Assert.Equal(1, line.R2, 1e-12);
        Assert.Equal(0, line.SlopeError!.Value, 1e-6);
        Assert.Null(LinearRegression.Of([1, 2], [5, 7])!.Value.SlopeError);
        Assert.Null(LinearRegression.Of([2, 2], [5, 7]));
        Assert.Null(LinearRegression.Of([2], [5]));
        Assert.Throws<ArgumentException>(() => LinearRegression.Of([1, 2], [5]));
    }

    [Fact]
    public void What_least_squares_would_make_negative_stays_at_zero()
    {
        // Unbound: 2 and −1. With the second at 0 the first is 1.
        double[,] a = { { 1, 1 }, { 2, 1 }, { 2, 3 } };
        double[] b = [1, 3, 1];
        NonNegativeLeastSquares found = NonNegativeLeastSquares.Solve(a, b);
        Assert.Equal(1, found.X[0], 1e-12);
        Assert.Equal(0, found.X[1]);
        Assert.Equal(Math.Sqrt(2), found.ResidualNorm, 1e-12);
        Assert.Equal([0, 0], NonNegativeLeastSquares.Solve(a, [-1, -2, -3]).X);
        Assert.Throws<ArgumentException>(() => NonNegativeLeastSquares.Solve(a, [1]));
    }

    [Fact]
    public void A_non_negative_fit_meets_the_conditions_of_a_minimum()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var random = new RandomStream(seed, "fit");
            double[,] a = new double[30, 8];
            double[] b = new double[30];
            for (int row = 0; row < 30; row++)
            {
                b[row] = 1e-6 * (random.NextDouble() - 0.3);
                for (int column = 0; column < 8; column++)
                {
                    a[row, column] = random.NextDouble() - 0.4;
                }
            }
            IReadOnlyList<double> x = NonNegativeLeastSquares.Solve(a, b).X;
            Assert.Contains(x, value => value == 0);
            for (int column = 0; column < 8; column++)
            {
                double gradient = Enumerable.Range(0, 30).Sum(row => a[row, column] * (b[row] - Enumerable.Range(0, 8).Sum(other => a[row, other] * x[other])));
                Assert.True(x[column] > 0 ? Math.Abs(gradient) < 1e-15 : gradient < 1e-15 && x[column] == 0, $"seed {seed}, column {column}: {x[column]}, {gradient}");
            }
        }
    }

    [Fact]
    public void A_column_that_others_make_up_for_and_one_of_zeros_stay_at_zero_whatever_their_size()
    {
        // The third is the sum of the first two, a billion times as large.
        double[,] a = { { 1, 0, 1e9, 0 }, { 0, 1, 1e9, 0 }, { 1, 1, 2e9, 0 }, { 2, 1, 3e9, 0 } };
        NonNegativeLeastSquares found = NonNegativeLeastSquares.Solve(a, [3, 2, 5, 8]);
        Assert.Equal(0, found.ResidualNorm, 1e-12);
        Assert.Equal(3, found.X[0] + 1e9 * found.X[2], 1e-9);
        Assert.Equal(2, found.X[1] + 1e9 * found.X[2], 1e-9);
        Assert.Contains(0, found.X.Take(3));
        Assert.Equal(0, found.X[3]);
        Assert.All(found.X, value => Assert.True(value >= 0));
    }

    [Fact]
    public void Ranks_correlate_whatever_the_values()
    {
        Assert.Equal(1, RankCorrelation.Spearman([1, 2, 3], [1, 10, 1000]));
        Assert.Equal(-1, RankCorrelation.Spearman([1, 2, 3], [9, 4, 1]));
        Assert.Null(RankCorrelation.Spearman([1, 1, 1], [1, 2, 3]));
        Assert.Null(RankCorrelation.Spearman([1], [2]));
    }

    [Fact]
    public void Quantiles_of_distributions_undo_their_functions()
    {
        foreach (double u in (double[])[1e-6, 0.01, 0.37, 0.5, 0.99, 1 - 1e-6])
        {
            foreach (double shape in (double[])[0.05, 0.2, 0.7, 1, 3, 40])
            {
                Assert.Equal(u, GammaUpTo(shape, Distribution.Gamma(shape, 3).Quantile(u) / 3), 1e-9 * u);
            }
            Assert.Equal(u, MathNet.Numerics.Distributions.StudentT.CDF(0, 1, 2.5, Distribution.StudentT(2.5).Quantile(u)), 1e-9);
            double many = Distribution.Poisson(1e5).Quantile(u);
            Assert.True(MathNet.Numerics.Distributions.Poisson.CDF(1e5, many) >= u && MathNet.Numerics.Distributions.Poisson.CDF(1e5, many - 1) < u);
        }
        Assert.Null(Distribution.Pareto(1, 2).Mean);
        Assert.Equal(0, Distribution.Poisson(0.1).Quantile(0.5));
        Assert.Equal(1, Distribution.ZipfFinite(0, 4).Quantile(0.25));
        Assert.Equal(2.5, Distribution.ZipfFinite(0, 4).Mean);
    }

    /// <summary>x^shape e^−x Σ x^n / Γ(shape + n + 1).</summary>
    private static double GammaUpTo(double shape, double x)
    {
        double term = Math.Exp(shape * Math.Log(x) - x - MathNet.Numerics.SpecialFunctions.GammaLn(shape + 1));
        double sum = 0;
        for (int n = 1; n < 1_000; n++)
        {
            sum += term;
            term *= x / (shape + n);
        }
        return sum;
    }

    [Fact]
    public void An_unknown_distribution_is_told_with_the_nearest()
    {
        Assert.Contains("the nearest is 'weibull'", Assert.Throws<ArgumentException>(() => Distribution.Of("weibul", 1, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("gamma with 1 parameters; allowed: 2", Assert.Throws<ArgumentException>(() => Distribution.Of("gamma", 1)).Message, StringComparison.Ordinal);
    }
}
