using Cortex.Serving;
using Xunit;

namespace Cortex.Sim.Tests.Simulations;

public sealed class KvTimelineTests
{
    [Fact]
    public void Looking_at_the_engines_alters_nothing_and_sees_the_same_whether_steps_are_taken_in_one_go_or_not()
    {
        int looks = 0;
        for (ulong seed = 0; seed < 24; seed++)
        {
            SimulationCase @case = SimulationCase.Random(seed);
            KvTimeline quick = new();
            KvTimeline plain = new();
            SimulatedRun unwatched = SimulatedRun.Play(@case);
            SimulatedRun inOneGo = SimulatedRun.Play(@case, listener: quick);
            SimulatedRun stepByStep = SimulatedRun.Play(@case, repeatSteps: false, listener: plain);
            Assert.True(unwatched.Fingerprint == inOneGo.Fingerprint && unwatched.Records.SequenceEqual(inOneGo.Records), $"seed {seed}: looking altered the run");
            Assert.True(unwatched.Fingerprint == stepByStep.Fingerprint, $"seed {seed}: looking altered the run");
            Assert.Equal(plain.Interval, quick.Interval);
            Assert.Equal(plain.Looks.Count, quick.Looks.Count);
            for (int look = 0; look < plain.Looks.Count; look++)
            {
                Assert.True(plain.Looks[look].SequenceEqual(quick.Looks[look]), $"seed {seed}: look {look} differs");
            }
            looks += quick.Looks.Count;
        }
        Assert.True(looks > 500, $"{looks}");
    }

    [Fact]
    public void Looks_cover_the_run_in_equal_intervals()
    {
        KvTimeline timeline = new();
        SimulatedRun run = SimulatedRun.Play(SimulationCase.Random(3), listener: timeline);
        Assert.InRange(timeline.Looks.Count, 32, 63);
        Assert.InRange((run.End.Ns - timeline.Looks.Count * timeline.Interval.Ns) / (double)timeline.Interval.Ns, 0, 1);
        Assert.All(timeline.Looks, look => Assert.Equal(run.Simulation.Core.Engines.Count, look.Count));
        Assert.Contains(timeline.Looks, look => look.Any(kv => kv.Free < kv.Total));
    }
}
