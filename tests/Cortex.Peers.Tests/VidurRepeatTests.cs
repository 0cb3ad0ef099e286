using Cortex.Peers.Tests.Repeating;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>Under <c>vidur-sarathi</c> runs of repeated steps, as long as they may be, decide as the same steps one by one.</summary>
public sealed class VidurRepeatTests
{
    private const string Dialect = "vidur-sarathi";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void With_shared_prefixes_and_aborts_repeated_steps_decide_as_steps_one_by_one(int hundred) =>
        RepeatComparison.AssertSame(hundred, Dialect, CallScript.OfVllmScenario);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void With_long_outputs_repeated_steps_decide_as_steps_one_by_one(int hundred) =>
        RepeatComparison.AssertSame(hundred, Dialect, CallScript.OfVidurScenario);
}
