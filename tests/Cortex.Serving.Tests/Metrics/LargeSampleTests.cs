using Xunit;

namespace Cortex.Serving.Tests.Metrics;

/// <summary>Large samples are sorted by digits: the quantiles must be those of the same values sorted by comparing.</summary>
public class LargeSampleTests
{
    [Theory]
    [InlineData(255, 40)]
    [InlineData(256, 1)]
    [InlineData(257, 11)]
    [InlineData(1000, 12)]
    [InlineData(4999, 40)]
    [InlineData(5000, 62)]
    public void Quantiles_of_times(int count, int bits)
    {
        var random = new Random(count);
        long[] values = [.. Enumerable.Range(0, count).Select(_ => random.NextInt64() >> (63 - bits))];
        long[] sorted = [.. values.Order()];
        Distribution found = Distribution.Of(values);
        Assert.Equal(sorted, values);
        Assert.Equal(sorted[(count - 1) / 2] / 1e9, found.P50!.Value, tolerance: (sorted[count / 2] - sorted[(count - 1) / 2]) / 1e9 + 1e-9);
    }

    [Fact]
    public void Quantiles_of_quotients()
    {
        var random = new Random(2);
        double[] values = [.. Enumerable.Range(0, 3000).Select(index => index % 7 == 0 ? 0 : random.NextInt64(1L << 40) / (1.0 + random.Next(50)))];
        double[] sorted = [.. values.Order()];
        Distribution.Of(values);
        Assert.Equal(sorted, values);
    }
}
