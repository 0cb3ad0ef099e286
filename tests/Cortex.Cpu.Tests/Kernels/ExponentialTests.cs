using System.Runtime.Intrinsics;
using Cortex.Runtime.Cpu.Kernels;
using Xunit;

namespace Cortex.Cpu.Tests.Kernels;

public sealed class ExponentialTests
{
    [Fact]
    public void It_is_exact_to_two_units_in_the_last_place()
    {
        double worst = 0;
        for (int i = 0; i <= 200_000; i++)
        {
            float x = -87.3f + i * (175f / 200_000);
            double exact = Math.Exp(x);
            double unit = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits((float)exact) & 0x7F800000) * Math.Pow(2, -23);
            worst = Math.Max(worst, Math.Abs(Exponential<OneLane, float>.Of(x) - exact) / unit);
        }
        Assert.InRange(worst, 0, 2);
    }

    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(-1000f, 0f)]
    [InlineData(float.NaN, float.NaN)]
    public void Its_ends_are_exact(float x, float expected)
    {
        Assert.Equal(expected, Exponential<OneLane, float>.Of(x));
        Assert.Equal(expected, Exponential<Lanes512, Vector512<float>>.Of(Vector512.Create(x))[0]);
        Assert.Equal(expected, Exponential<Lanes256, Vector256<float>>.Of(Vector256.Create(x))[0]);
        Assert.Equal(expected, Exponential<Lanes128, Vector128<float>>.Of(Vector128.Create(x))[0]);
    }

    [Fact]
    public void It_has_the_same_bits_at_every_width()
    {
        Random random = new(2);
        for (int i = 0; i < 10_000; i++)
        {
            float x = (random.NextSingle() - 0.9f) * 100;
            float expected = Exponential<OneLane, float>.Of(x);
            Assert.Equal(expected, Exponential<Lanes128, Vector128<float>>.Of(Vector128.Create(x))[3]);
            Assert.Equal(expected, Exponential<Lanes256, Vector256<float>>.Of(Vector256.Create(x))[7]);
            Assert.Equal(expected, Exponential<Lanes512, Vector512<float>>.Of(Vector512.Create(x))[15]);
        }
    }
}
