using Cortex.CostModels;
using Cortex.Policies;
using Cortex.Runtime.Engines;
using Cortex.Serving;
using Xunit;

namespace Cortex.Runtime.Tests;

/// <summary>How long null engines take.</summary>
public sealed class StepTimesTests
{
    [Fact]
    public void Drawn_times_lie_in_their_range_and_come_again_from_their_seed()
    {
        StepPlan plan = new();
        DrawnStepTimes[] times = [new(5, 0, new(10), new(13)), new(5, 0, new(10), new(13)), new(5, 1, new(10), new(13))];
        long[][] drawn = [.. times.Select(source => Enumerable.Range(0, 200).Select(_ => source.Of(plan).Ns).ToArray())];
        Assert.Equal([10, 11, 12, 13], drawn[0].Distinct().Order());
        Assert.Equal(drawn[0], drawn[1]);
        Assert.NotEqual(drawn[0], drawn[2]);
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(5, 4)]
    [InlineData(0, 3_000_000_000)]
    public void A_range_that_cannot_be_is_refused(long least, long most) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DrawnStepTimes(1, 0, new(least), new(most)));

    [Fact]
    public void Paced_times_are_those_of_the_cost_model()
    {
        EngineCore engine = new(new() { Name = "engine", NumBlocks = 100, MaxNumBatchedTokens = 64, MaxNumSeqs = 8, MaxModelLen = 100 }, VictimOrder.YoungestAdmission);
        engine.Enqueue(
            new() { Tag = 0, WorkflowTag = 0, Stage = new(0), Prompt = [new(new(0), 0, 40)], PromptTokens = 40, MaxTokens = 5, Output = new(1) }, 0, 0);
        PacedStepTimes times = new(new ConstantCost(0.010, 0.005, 0.015));
        Assert.Equal(10_000_000, times.Of(engine.Plan()).Ns);
        Assert.Equal(5_000_000, times.Of(engine.Plan()).Ns);
    }
}
