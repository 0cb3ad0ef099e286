using Cortex.Policies.Registry;
using Cortex.Serving.Journal;
using Cortex.Sim.Tests.Simulations;
using Xunit;

namespace Cortex.Sim.Tests.Journal;

/// <summary>Parity, level 1, of the simulator.</summary>
public sealed class SimulatedReplayTests
{
    [Fact]
    public void The_journal_of_a_simulation_replays_identically()
    {
        for (ulong seed = 0; seed < 12; seed++)
        {
            (byte[] journal, SimulatedRun run) = SimulatedJournal.Of(SimulationCase.Random(seed));
            using JournalReader reader = SimulatedJournal.Open(journal);
            ReplayResult replay = JournalReplay.Run(reader, new PolicyRegistry());
            Assert.True(replay.IsIdentical, $"seed {seed}: {replay.Difference}");
            Assert.True(replay.HasEnded);
            Assert.Equal(run.Fingerprint, replay.Fingerprint);
            Assert.Equal(run.Fingerprint, reader.Fingerprint);
            Assert.Equal(SimulatedRun.Play(SimulationCase.Random(seed)).Fingerprint, replay.Fingerprint);
        }
    }
}
