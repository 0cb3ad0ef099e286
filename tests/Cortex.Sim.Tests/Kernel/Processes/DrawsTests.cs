using Cortex.Policies.Random;
using Cortex.Sim.Kernel;
using Cortex.Sim.Tests.Kernel.Queueing;
using Xunit;

namespace Cortex.Sim.Tests.Kernel.Processes;

/// <summary>Distributions have the means and second moments that they should: for seeds 1 to 20.</summary>
public sealed class DrawsTests
{
    private const double Pi = Math.PI;

    public static TheoryData<string, double, double> Distributions => new()
    {
        { "uniform", 3, 9 + (1.0 / 3) },
        { "exponential", 2, 8 },
        { "normal", 5, 25 + 4 },
        { "normal, positive", 2 * Math.Sqrt(2 / Pi), 4 },
        { "lognormal", Math.Exp(0.125), Math.Exp(0.5) },
        { "triangular", 7.0 / 3, (49.0 / 9) + (19.0 / 18) },
        { "erlang", 2, 4 + (4.0 / 3) },
        { "weibull", Math.Sqrt(Pi) / 2 * 3, 9 },
        { "gamma", 6, 36 + 18 },
        { "gamma below 1", 0.5, 0.25 + 0.5 },
        { "choice", 2, 14.0 / 3 },
        { "weights", 2.5, 41.0 / 6 },
    };

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Mean_and_second_moment(string name, double mean, double square)
    {
        Intervals.Cover(mean, seed => Samples(seed, name));
        Intervals.Cover(square, seed => [.. Samples(seed, name).Select(x => x * x)]);
    }

    [Fact]
    public void A_Cauchy_lies_within_its_scale_half_of_the_time() =>
        Intervals.Cover(0.5, seed =>
        {
            RandomStream stream = new(seed, "cauchy");
            return [.. Enumerable.Range(0, 31_000).Select(_ => Math.Abs(stream.Cauchy(3, 2) - 3) < 2 ? 1.0 : 0)];
        });

    [Fact]
    public void Weights_fit_the_items()
    {
        RandomStream stream = new(1, "weights");
        Assert.Throws<ArgumentException>(() => stream.Choice([1, 2], [1.0]));
        Assert.Throws<ArgumentException>(() => stream.Choice([1, 2], [0.0, 0]));
        Assert.Throws<ArgumentException>(() => stream.Choice([1, 2], [2.0, -1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.NormalPositive(-1, 1));
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(2, stream.Choice([1, 2, 3], [0.0, 1, 0])));
    }

    private static List<double> Samples(ulong seed, string name)
    {
        RandomStream stream = new(seed, name);
        return [.. Enumerable.Range(0, 31_000).Select(_ => Draw(stream, name))];
    }

    private static double Draw(RandomStream stream, string name) => name switch
    {
        "uniform" => stream.Uniform(2, 4),
        "exponential" => stream.Exponential(2),
        "normal" => stream.Normal(5, 2),
        "normal, positive" => stream.NormalPositive(0, 2),
        "lognormal" => stream.LogNormal(0, 0.5),
        "triangular" => stream.Triangular(0, 2, 5),
        "erlang" => stream.Erlang(3, 2),
        "weibull" => stream.Weibull(2, 3),
        "gamma" => stream.Gamma(2, 3),
        "gamma below 1" => stream.Gamma(0.5, 1),
        "choice" => stream.Choice([1.0, 2, 3]),
        _ => stream.Choice([1.0, 2, 3], [1.0, 1, 4]),
    };
}
