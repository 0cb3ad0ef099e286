using Cortex.Peers.Tests.Aisimulate;
using Cortex.Peers.Tests.Aisimulate.Plain;
using Cortex.Testing;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>The plain reference gives every request of every recorded run AISimulate's times, worker and hits.</summary>
public sealed class AisimulatePlainReferenceTests
{
    [SharedTheory("peers/aisimulate/runs.json")]
    [SharedAisimulateRuns]
    public void The_plain_reference_gives_every_request_the_times_of_AISimulate(string file, string run)
    {
        AisimulateCase recorded = AisimulateCase.Read(file, run);
        AisimulateComparison.AssertSame(recorded, new PlainAisimulate(recorded).Play(), AisimulateComparison.RecordedToleranceNs);
    }
}
