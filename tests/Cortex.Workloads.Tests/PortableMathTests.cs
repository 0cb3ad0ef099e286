using Cortex.Policies.Random;
using Xunit;

namespace Cortex.Workloads.Tests;

public sealed class PortableMathTests
{
    private const double Tolerance = 1e-14;

    [Fact]
    public void Log_agrees_with_the_platform()
    {
        RandomStream random = new(1, "log");
        for (int i = 0; i < 100_000; i++)
        {
            double x = (0.5 + random.NextDouble()) * BitConverter.Int64BitsToDouble((long)(2 + random.NextInt(2044)) << 52);
            AssertClose(Math.Log(x), PortableMath.Log(x));
            double nearOne = 1 + (random.NextDouble() - 0.5) * 1e-6;
            AssertClose(Math.Log(nearOne), PortableMath.Log(nearOne));
            double uniform = 1 - random.NextDouble();
            AssertClose(Math.Log(uniform), PortableMath.Log(uniform));
        }
    }

    [Fact]
    public void Exp_agrees_with_the_platform()
    {
        RandomStream random = new(1, "exp");
        for (int i = 0; i < 100_000; i++)
        {
            foreach (double scale in new[] { 1e-9, 1, 20, 708 })
            {
                double x = (2 * random.NextDouble() - 1) * scale;
                AssertClose(Math.Exp(x), PortableMath.Exp(x));
            }
        }
    }

    [Fact]
    public void Values_known_exactly_come_out_exactly()
    {
        Assert.Equal(0, PortableMath.Log(1));
        Assert.Equal(1, PortableMath.Exp(0));
        Assert.Equal(Math.E, PortableMath.Exp(1), Tolerance);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.Epsilon)]
    public void Log_refuses_what_it_cannot_give(double x) => Assert.Throws<ArgumentOutOfRangeException>(() => PortableMath.Log(x));

    [Theory]
    [InlineData(709)]
    [InlineData(-709)]
    [InlineData(double.NaN)]
    public void Exp_refuses_what_it_cannot_give(double x) => Assert.Throws<ArgumentOutOfRangeException>(() => PortableMath.Exp(x));

    private static void AssertClose(double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= Tolerance * Math.Abs(expected), $"{actual:R} instead of {expected:R}");
}
