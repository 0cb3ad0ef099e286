using Cortex.Policies.Registry;
using Cortex.Serving.Decisions;
using Cortex.Serving.Journal;
using Cortex.Serving.Parity;
using Cortex.Sim.Parity;
using Cortex.Sim.Tests.Journal;
using Cortex.Sim.Tests.Simulations;
using Xunit;

namespace Cortex.Sim.Tests.Parity;

/// <summary>Parity, level 3, where the answer is known: the recorded run is itself a simulation.</summary>
public sealed class FreeSimulationTests
{
    [Fact]
    public void The_free_simulation_of_a_simulated_run_is_that_run()
    {
        long[] all = new long[Enum.GetValues<DecisionAxis>().Length];
        for (ulong seed = 0; seed < 12; seed++)
        {
            (byte[] journal, SimulatedRun _) = SimulatedJournal.Of(SimulationCase.Random(seed));
            using JournalReader reader = SimulatedJournal.Open(journal);
            RecordedRun recorded = RecordedRun.Read(reader, new PolicyRegistry(), out ReplayResult replay);
            Assert.True(replay.IsIdentical);
            DecisionComparison comparison = DecisionComparison.Of(recorded.Decisions, FreeSimulation.Run(recorded, recorded.DeviceTimes, new PolicyRegistry()));
            Assert.True(comparison.First is null, $"seed {seed}: {comparison.First}");
            Assert.All(comparison.Axes, axis => Assert.Equal(1, axis.Share));
            // In virtual time a report is under way for no time.
            Assert.Equal(recorded.DeviceTimes, recorded.TimesUntilTold);
            foreach (AxisAgreement axis in comparison.Axes)
            {
                Assert.Equal(replay.Decisions[(int)axis.Axis], axis.Recorded);
                all[(int)axis.Axis] += axis.Recorded;
            }
        }
        Assert.All(all, count => Assert.True(count > 1000, "an axis with too few decisions to be worth a test"));
    }

    [Fact]
    public void A_run_that_was_cut_off_is_simulated_as_far_as_it_goes()
    {
        (byte[] journal, SimulatedRun _) = SimulatedJournal.Of(SimulationCase.Random(4));
        int lastBatchesOpen = 0;
        for (int i = 1; i <= 200; i++)
        {
            byte[] cut = journal[..(4_000 + (int)((journal.Length - 4_000L) * i / 201))];
            using JournalReader reader = SimulatedJournal.Open(cut);
            RecordedRun recorded = RecordedRun.Read(reader, new PolicyRegistry(), out ReplayResult replay);
            Assert.True(replay.IsIdentical && !replay.HasEnded);
            lastBatchesOpen += recorded.LastBatchIsOpen ? 1 : 0;
            DecisionComparison comparison = DecisionComparison.Of(recorded.Decisions, FreeSimulation.Run(recorded, recorded.DeviceTimes, new PolicyRegistry()));
            Assert.True(comparison.First is null, $"cut at {cut.Length}: {comparison.First}");
        }
        Assert.InRange(lastBatchesOpen, 1, 199);
    }
}
