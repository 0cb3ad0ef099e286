using Cortex.Peers.Tests.Product;
using Cortex.Peers.Tests.Vllm;
using Cortex.Peers.Tests.Vllm.Random;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>The core, which works on runs of blocks, decides as the plain per-block reference in random scenarios.</summary>
public sealed class VllmDifferentialTests
{
    private const int SeedsPerCase = 100;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void The_core_decides_as_the_plain_reference(int hundred)
    {
        for (int i = 0; i < SeedsPerCase; i++)
        {
            VllmLog log = VllmScenario.Log((ulong)(hundred * SeedsPerCase + i));
            VllmComparison.AssertDecidesAs(log, new CoreVllm(log.Config, log.Release));
        }
    }

    /// <summary>Whatever is set: what a release does not have yet means nothing to it.</summary>
    [Theory]
    [InlineData("0.18")]
    [InlineData("0.19")]
    [InlineData("0.24")]
    [InlineData("0.27")]
    [InlineData("0.28")]
    [InlineData("0.31")]
    public void The_core_decides_as_the_plain_reference_under_every_release(string release)
    {
        for (ulong seed = 0; seed < SeedsPerCase; seed++)
        {
            VllmInputs inputs = VllmScenario.Inputs(seed) with { Release = Version.Parse(release) };
            VllmLog log = VllmScenario.Record($"seed {seed} under {release}", inputs);
            VllmComparison.AssertDecidesAs(log, new CoreVllm(log.Config, log.Release));
        }
    }
}
