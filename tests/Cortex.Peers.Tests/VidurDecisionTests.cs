using Cortex.Peers.Tests.Product;
using Cortex.Peers.Tests.Vidur;
using Cortex.Serving;
using Cortex.Testing;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>The core's dialect <c>vidur-sarathi</c> forms the batches of the plain reference, which gives every recorded request Vidur's times.</summary>
public sealed class VidurDecisionTests
{
    private const int SeedsPerCase = 100;

    [SharedTheory("peers/vidur/runs.json")]
    [SharedVidurRuns]
    public void The_core_decides_as_the_plain_reference_in_a_recorded_run(string file, string run)
    {
        VidurCase recorded = VidurCase.Read(Path.Combine(Shared.PathOf("peers/vidur"), file), run);
        Check(recorded.Run, recorded.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void The_core_decides_as_the_plain_reference(int hundred)
    {
        for (int i = 0; i < SeedsPerCase; i++)
        {
            VidurCase scenario = VidurScenario.Case((ulong)(hundred * SeedsPerCase + i));
            Check(scenario.Run, scenario.Requests);
        }
    }

    [Fact]
    public void Asynchronous_scheduling_is_refused_by_name()
    {
        VidurRun run = VidurScenario.Case(0).Run;
        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => new EngineCore(CoreVidur.Settings(run) with { AsyncScheduling = true }, default));
        Assert.Contains("async_scheduling must be false", refused.Message);
    }

    private static void Check(VidurRun run, IReadOnlyList<VidurRequest> requests)
    {
        CoreVidur core = new(run);
        int number = 0;
        foreach (VidurStep expected in new PlainVidur(run).Steps(requests))
        {
            VidurStep got = core.Step(expected.Arrived);
            if (!expected.DecidesAs(got))
            {
                Assert.Fail($"{run.Name}: iteration {number} is the first that differs\n  expected {expected}\n  got      {got}");
            }
            number++;
        }
    }
}
