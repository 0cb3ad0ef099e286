using Xunit;

namespace Cortex.Sim.Tests.Simulations;

/// <summary>Taking runs of equal steps in one go alters nothing: neither a decision, nor a time, nor a count.</summary>
public sealed class RepeatedStepsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_run_in_one_go_equals_the_run_step_by_step(int fifty)
    {
        for (int i = 0; i < 50; i++)
        {
            ulong seed = (ulong)(fifty * 50 + i);
            SimulationCase @case = SimulationCase.Random(seed);
            // Every fifth is ended in its middle, where runs of steps are under way.
            @case = i % 5 == 0 ? @case with { Player = @case.Player with { Duration = new(4_000_000_000), Grace = new(100_000_000) } } : @case;
            DecisionLists quick = new();
            DecisionLists plain = new();
            SimulatedRun inOneGo = SimulatedRun.Play(@case, repeatSteps: true, quick);
            SimulatedRun stepByStep = SimulatedRun.Play(@case, repeatSteps: false, plain);
            Assert.True(DecisionLists.FirstDifference(plain, quick) is null, $"seed {seed}: {DecisionLists.FirstDifference(plain, quick)} in {@case.Engines[0]}");
            Assert.True(stepByStep.Records.SequenceEqual(inOneGo.Records), $"seed {seed}: a call's record differs");
            Assert.True(stepByStep.End == inOneGo.End, $"seed {seed}: the end differs");
            Assert.True(stepByStep.Fingerprint == inOneGo.Fingerprint, $"seed {seed}: the fingerprint differs");
            Assert.Equal(
                stepByStep.Simulation.Core.Engines.Select(engine => (engine.Totals, engine.Kv)),
                inOneGo.Simulation.Core.Engines.Select(engine => (engine.Totals, engine.Kv)));
        }
    }
}
