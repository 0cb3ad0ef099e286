using Cortex.Serving.Journal;
using Cortex.Sim.Tests.Simulations;

namespace Cortex.Sim.Tests.Journal;

/// <summary>A simulation with its journal, in memory.</summary>
internal static class SimulatedJournal
{
    public static (byte[] Journal, SimulatedRun Run) Of(SimulationCase @case)
    {
        MemoryStream stream = new();
        SimulatedRun run = SimulatedRun.Play(@case, (settings, policies) => new JournalWriter(stream, JournalHeader.Of(settings, policies)));
        return (stream.ToArray(), run);
    }

    public static JournalReader Open(byte[] journal) => new(new MemoryStream(journal));
}
