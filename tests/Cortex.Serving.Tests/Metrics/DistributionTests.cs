using System.Text.Json;
using Cortex.Testing;
using Xunit;

namespace Cortex.Serving.Tests.Metrics;

public sealed class DistributionTests
{
    private const string Cases = "peers/statistics/cases.json";

    [Fact]
    public void No_value_has_no_quantile()
    {
        Assert.Equal(default, Distribution.Of(Span<long>.Empty));
        Assert.Equal(default, Distribution.Of(Span<double>.Empty));
    }

    [Fact]
    public void One_value_is_all_its_quantiles()
    {
        Assert.Equal(new Distribution(1, 2, 2, 2, 2, 2), Distribution.Of([2_000_000_000L]));
        Assert.Equal(new Distribution(1, 2, 2, 2, 2, 2), Distribution.Of([2e9]));
    }

    [Fact]
    public void Quantiles_lie_between_the_order_statistics()
    {
        // 1001 values, 0 to 1000 s, so that the position of the quantile is its name.
        long[] values = [.. Enumerable.Range(0, 1001).Select(i => (i * 5 % 1001) * 1_000_000_000L)];
        Assert.Equal(new Distribution(1001, 500, 500, 900, 990, 999), Distribution.Of(values));
    }

    [Fact]
    public void Long_times_do_not_overflow()
    {
        const long Centuries = long.MaxValue - 1;
        Distribution times = Distribution.Of([Centuries, Centuries, Centuries - 2]);
        Assert.Equal(Centuries / 1e9, times.P50);
        Assert.Equal(Centuries / 1e9, times.Mean!.Value, 1e-5);
    }

    [SharedFact(Cases)]
    public void Quantiles_equal_numpys()
    {
        // Values have at most 13 decimals, so that in units of 1e-15 they are whole numbers.
        const double Unit = 1e15;
        const double NsPerSecond = 1e9;
        double[] x = [];
        int compared = 0;
        foreach (JsonElement one in CasesOf("quantile"))
        {
            JsonElement sample = one.GetProperty("x");
            x = sample.ValueKind == JsonValueKind.Array ? [.. sample.EnumerateArray().Select(value => value.GetDouble())] : x;
            double expected = one.GetProperty("gives").GetProperty("linear").GetDouble();
            Distribution whole = Distribution.Of(x.Select(value => (long)Math.Round(value * Unit)).ToArray());
            Distribution quotients = Distribution.Of(x.Select(value => value * NsPerSecond).ToArray());
            if (Quantile(whole, one.GetProperty("q").GetDouble()) is { } value)
            {
                AssertNear(expected, value * NsPerSecond / Unit, one);
                AssertNear(expected, Quantile(quotients, one.GetProperty("q").GetDouble())!.Value, one);
                compared++;
            }
        }
        Assert.True(compared > 0, "no case has a quantile that is reported");
    }

    private static double? Quantile(Distribution times, double q) => q switch
    {
        0.5 => times.P50,
        0.9 => times.P90,
        0.99 => times.P99,
        0.999 => times.P999,
        _ => null,
    };

    private static void AssertNear(double expected, double actual, JsonElement one) =>
        Assert.True(Math.Abs(actual - expected) <= 1e-9 * Math.Abs(expected), $"{actual:R}, NumPy {expected:R}, in {one}");

    private static IEnumerable<JsonElement> CasesOf(string what) =>
        JsonDocument.Parse(File.ReadAllText(Shared.PathOf(Cases))).RootElement.GetProperty("cases").EnumerateArray()
            .Where(one => one.GetProperty("what").GetString() == what);
}
