using Cortex.Peers.Tests.Vidur;
using Cortex.Testing;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>The plain reference gives every request of every recorded run Vidur's times.</summary>
public sealed class VidurPlainReferenceTests
{
    [SharedTheory("peers/vidur/runs.json")]
    [SharedVidurRuns]
    public void The_plain_reference_gives_every_request_the_times_of_Vidur(string file, string run) =>
        Check(VidurCase.Read(Path.Combine(Shared.PathOf("peers/vidur"), file), run));

    [Fact]
    public void The_plain_reference_gives_the_first_requests_of_a_run_the_times_of_Vidur() =>
        Check(VidurCase.Read(ProjectData.VidurRuns, "F_fix_q6_sarathi_head"));

    private static void Check(VidurCase recorded) => VidurComparison.AssertSame(recorded, new PlainVidur(recorded.Run).Play(recorded.Requests));
}
