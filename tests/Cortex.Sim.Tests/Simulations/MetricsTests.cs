using Cortex.Serving;
using Xunit;

namespace Cortex.Sim.Tests.Simulations;

/// <summary>Metrics of whole simulations; the audit runs with each.</summary>
public sealed class MetricsTests
{
    [Fact]
    public void Counts_add_up_to_the_records_and_the_trace()
    {
        RunCounts[] all = new RunCounts[24];
        for (ulong seed = 0; seed < (ulong)all.Length; seed++)
        {
            SimulationCase @case = SimulationCase.Random(seed);
            if (seed % 2 == 1)
            {
                // Too short for many a call, so that it is refused.
                @case = @case with { Engines = [.. @case.Engines.Select(engine => engine with { MaxModelLen = 600 })] };
            }
            SimulatedRun run = SimulatedRun.Play(@case);
            RunCounts counts = all[seed] = run.Metrics.Totals;
            Assert.Equal(@case.Workload.Workflows.Length, counts.Workflows);
            Assert.Equal(counts.Workflows, counts.WorkflowsEnded);
            Assert.Equal(run.Records.Count, counts.Calls);
            Assert.Equal(counts.Calls, counts.Finished + counts.Refused + counts.Cancelled + counts.Failed + counts.Unfinished);
            Assert.Equal(run.Records.Sum(record => (long)record.OutputTokens), counts.OutputTokens);
            Assert.Equal(run.Simulation.Core.Engines.Sum(engine => engine.Totals.Preemptions), counts.Preemptions);
            Assert.True(run.Simulation.Core.Engines.Sum(engine => engine.Totals.HitTokens) >= counts.HitTokens, $"seed {seed}: hits");
        }
        // The cases are worth checking only if such things happen in them.
        Assert.True(all.Sum(counts => counts.Preemptions) > 1000, "too few preemptions");
        Assert.True(all.Sum(counts => counts.Refused) > 0, "no refusal");
        Assert.True(all.Sum(counts => counts.HitTokens) > 0, "no hit");
    }

    [Fact]
    public void Metrics_do_not_depend_on_steps_taken_in_one_go()
    {
        for (ulong seed = 100; seed < 120; seed++)
        {
            SimulationCase @case = SimulationCase.Random(seed);
            Assert.Equal(SimulatedRun.Play(@case, repeatSteps: false).Metrics, SimulatedRun.Play(@case).Metrics);
        }
    }
}
