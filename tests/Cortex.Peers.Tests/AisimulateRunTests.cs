using Cortex.Peers.Tests.Aisimulate;
using Cortex.Peers.Tests.Product;
using Cortex.Testing;
using Cortex.Workloads;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>The simulator with the dialect <c>aisimulate</c> gives every request of every recorded run AISimulate's times, to 1 µs, and its hits.</summary>
public sealed class AisimulateRunTests
{
    [SharedTheory("peers/aisimulate/runs.json")]
    [SharedAisimulateRuns]
    public void The_simulator_gives_every_request_the_times_of_AISimulate(string file, string run)
    {
        AisimulateCase recorded = AisimulateCase.Read(file, run);
        AisimulateComparison.AssertSame(
            recorded, SimulatedAisimulate.Play(recorded, AisimulateInput.Load(recorded.Run)), AisimulateComparison.RecordedToleranceNs);
    }
}
