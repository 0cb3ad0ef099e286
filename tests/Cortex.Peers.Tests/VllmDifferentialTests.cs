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
}
