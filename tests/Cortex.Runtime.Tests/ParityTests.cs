using Cortex.Serving;
using Cortex.Serving.Decisions;
using Cortex.Serving.Journal;
using Cortex.Serving.Parity;
using Xunit;
using Xunit.Abstractions;

namespace Cortex.Runtime.Tests;

/// <summary>Live, replayed and simulated, the core decides the same.</summary>
public sealed class ParityTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_long_live_run_under_memory_pressure_replays_identically(bool asynchronous)
    {
        const int Calls = 20_000;
        LiveCase live = LiveCase.Crowded(Calls, asynchronous);
        LiveResult run = live.Run();
        Assert.Null(run.Fault);
        ReplayResult replay = run.Replay();
        Assert.True(replay.IsIdentical, replay.Difference?.ToString());
        Assert.True(replay.HasEnded);
        Assert.Equal(run.Live.Core.Fingerprint, replay.Fingerprint);
        RunCounts counts = run.Metrics.Totals;
        Assert.Equal((Calls, 0, 0), (counts.Finished + counts.Cancelled, counts.Failed, counts.Unfinished));
        AtLeast(100_000, replay.Decisions.Sum(), "decisions");
        AtLeast(10_000, replay.Choices[(int)DecisionAxis.Routing], "routings among two workers");
        AtLeast(10_000, replay.Choices[(int)DecisionAxis.Admission], "admissions among two waiting calls or more");
        AtLeast(10_000, replay.Choices[(int)DecisionAxis.Eviction], "evictions among two blocks or more");
        AtLeast(1_000, replay.Decisions[(int)DecisionAxis.Preemption], "preemptions");
        AtLeast(1_000, counts.Cancelled, "cancellations");
        // Told as late of each step's end as the live core was, the simulator takes every decision as it did.
        DecisionComparison told = run.Simulate(recorded => recorded.TimesUntilTold);
        Assert.Null(told.First);
        Assert.All(told.Axes, axis => Assert.Equal(1, axis.Share));
        // Told at once, it goes another way somewhere, since crowded engines decide by the microsecond. It has to say where.
        DecisionComparison comparison = run.Simulate(recorded => recorded.DeviceTimes);
        foreach (AxisAgreement axis in comparison.Axes)
        {
            output.WriteLine($"{axis.Axis}: {axis.Equal} of {axis.Recorded}, {axis.Simulated} simulated");
            Assert.InRange(axis.Share, 0, 1);
            Assert.True(comparison.First is not null || axis.Share == 1, $"no divergence, but {axis}");
        }
        output.WriteLine($"{comparison.First}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_arrivals_far_apart_the_free_simulation_decides_as_the_live_run(bool asynchronous)
    {
        LiveResult run = LiveCase.FarApart(workflows: 150, asynchronous).Run();
        Assert.Null(run.Fault);
        ReplayResult replay = run.Replay();
        Assert.True(replay.IsIdentical, replay.Difference?.ToString());
        AtLeast(100, replay.Choices[(int)DecisionAxis.Routing], "routings among two workers");
        AtLeast(100, replay.Choices[(int)DecisionAxis.Eviction], "evictions among two blocks or more");
        DecisionComparison[] both = [run.Simulate(recorded => recorded.DeviceTimes), run.Simulate(recorded => recorded.TimesUntilTold)];
        Assert.All(both, comparison =>
        {
            Assert.Null(comparison.First);
            Assert.All(comparison.Axes, axis => Assert.Equal(1, axis.Share));
        });
    }

    private static void AtLeast(long wanted, long count, string what) => Assert.True(count >= wanted, $"{count} {what}");
}
