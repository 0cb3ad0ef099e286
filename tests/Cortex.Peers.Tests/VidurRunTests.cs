using Cortex.Peers.Tests.Product;
using Cortex.Peers.Tests.Vidur;
using Cortex.Testing;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>The simulator with the dialect <c>vidur-sarathi</c> gives every request of every recorded run Vidur's times, to 1 µs.</summary>
public sealed class VidurRunTests
{
    [SharedTheory("peers/vidur/runs.json")]
    [SharedVidurRuns]
    public void The_simulator_gives_every_request_the_times_of_Vidur(string file, string run) =>
        Check(VidurCase.Read(Path.Combine(Shared.PathOf("peers/vidur"), file), run));

    [Fact]
    public void The_simulator_gives_the_first_requests_of_a_run_the_times_of_Vidur() =>
        Check(VidurCase.Read(ProjectData.VidurRuns, "F_fix_q6_sarathi_head"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_simulator_gives_the_times_of_the_plain_reference_in_random_scenarios(int fifty)
    {
        for (int i = 0; i < 50; i++)
        {
            Check(VidurScenario.Case((ulong)(fifty * 50 + i)));
        }
    }

    private static void Check(VidurCase recorded) => VidurComparison.AssertSame(recorded, SimulatedVidur.Play(recorded.Run, recorded.Requests));
}
