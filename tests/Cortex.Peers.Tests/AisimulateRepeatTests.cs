using Cortex.Peers.Tests.Repeating;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>Under <c>aisimulate</c> runs of repeated steps, as long as they may be, decide as the same steps one by one.</summary>
public sealed class AisimulateRepeatTests
{
    private const string Dialect = "aisimulate";
    private const int SeedsPerCase = 100;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void With_shared_prefixes_and_aborts_repeated_steps_decide_as_steps_one_by_one(int hundred) =>
        Check(hundred, CallScript.OfVllmScenario);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void With_long_outputs_repeated_steps_decide_as_steps_one_by_one(int hundred) =>
        Check(hundred, CallScript.OfVidurScenario);

    private static void Check(int hundred, Func<ulong, string, CallScript> scriptOf)
    {
        int repeated = 0, outlived = 0;
        for (int i = 0; i < SeedsPerCase; i++)
        {
            ulong seed = (ulong)(hundred * SeedsPerCase + i);
            ScriptPlayer player = RepeatComparison.AssertSame($"seed {seed}", scriptOf(seed, Dialect));
            repeated += player.Repeated;
            outlived += player.Outlived;
        }
        Assert.True(repeated > 1000 && outlived > 50, $"{repeated} steps were repeated, {outlived} events outlived");
    }
}
