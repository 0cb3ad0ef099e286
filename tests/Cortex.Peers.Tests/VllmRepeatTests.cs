using Cortex.Peers.Tests.Repeating;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>Under <c>vllm-v1</c> runs of repeated steps, as long as they may be, decide as the same steps one by one.</summary>
public sealed class VllmRepeatTests
{
    private const string Dialect = "vllm-v1";
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

    /// <summary>Scenarios in which a decode comes upon blocks that are cached already, and by publishing one more frees the way for the waiting call.</summary>
    [Theory]
    [InlineData(2369)]
    [InlineData(4670)]
    [InlineData(6108)]
    public void A_run_ends_before_a_decode_can_free_the_way_for_the_waiting_call(int seed) =>
        RepeatComparison.AssertSame($"seed {seed}", CallScript.OfVllmScenario((ulong)seed, Dialect));

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
