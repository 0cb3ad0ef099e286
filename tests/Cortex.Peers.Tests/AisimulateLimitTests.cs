using Cortex.Peers.Tests.Aisimulate;
using Cortex.Peers.Tests.Product;
using Cortex.Serving;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>What the dialect <c>aisimulate</c> does not take.</summary>
public sealed class AisimulateLimitTests
{
    private static readonly AisimulateRun Run = AisimulateScenario.Of(0).Case.Run with { BlockSize = 16, BlocksPerWorker = 10 };

    [Fact]
    public void Asynchronous_scheduling_is_refused_by_name()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => new EngineCore(SimulatedAisimulate.Settings(Run) with { AsyncScheduling = true }, default));
        Assert.Contains("async_scheduling must be false", refused.Message);
    }

    [Fact]
    public void A_call_may_fill_the_pool_and_its_last_token_needs_no_place() =>
        Assert.Equal(161, new EngineCore(SimulatedAisimulate.Settings(Run), default).MaxTokens);
}
