using Cortex.Peers.Tests.Repeating;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>Under <c>vllm-v1</c> runs of repeated steps, as long as they may be, decide as the same steps one by one.</summary>
public sealed class VllmRepeatTests
{
    private const string Dialect = "vllm-v1";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void With_shared_prefixes_and_aborts_repeated_steps_decide_as_steps_one_by_one(int hundred) =>
        Assert.InRange(RepeatComparison.AssertSame(hundred, Dialect, CallScript.OfVllmScenario), 500, int.MaxValue);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void With_long_outputs_repeated_steps_decide_as_steps_one_by_one(int hundred) =>
        RepeatComparison.AssertSame(hundred, Dialect, CallScript.OfVidurScenario);

    /// <summary>Scenarios in which a decode comes upon blocks that are cached already, and by publishing one more frees the way for the waiting call.</summary>
    [Theory]
    [InlineData(2369)]
    [InlineData(4670)]
    [InlineData(6108)]
    public void A_run_ends_before_a_decode_can_free_the_way_for_the_waiting_call(int seed) =>
        RepeatComparison.AssertSame($"seed {seed}", CallScript.OfVllmScenario((ulong)seed, Dialect));
}
