using Cortex.Policies;
using Cortex.Serving;
using Xunit;

namespace Cortex.Sim.Tests.Simulations;

/// <summary>Inter-token latency against the times of single tokens, over random simulations with preemptions, prefills in between and one to four engines.</summary>
public sealed class TokenGapTests
{
    private const double BucketError = 0.002;

    [Fact]
    public void Gaps_between_tokens_are_those_of_a_run_looked_at_after_every_step()
    {
        long preempted = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            SimulationCase @case = SimulationCase.Random(seed);
            TokenTimes times = new();
            SimulatedRun stepByStep = SimulatedRun.Play(@case, repeatSteps: false, listener: times);
            SimulatedRun inOneGo = SimulatedRun.Play(@case);
            Expect(times.Gaps.ConvertAll(gap => gap.Gap), stepByStep.Metrics.Itl, $"seed {seed}, step by step");
            Expect(times.Gaps.ConvertAll(gap => gap.Gap), inOneGo.Metrics.Itl, $"seed {seed}, in one go");
            preempted += stepByStep.Records.Count(call => call.Preemptions > 0);
        }
        Assert.True(preempted > 100, $"only {preempted} calls were preempted");
    }

    [Fact]
    public void With_a_warm_up_gaps_that_ended_in_it_are_left_out()
    {
        for (ulong seed = 100; seed < 110; seed++)
        {
            TokenTimes times = new();
            MetricsCollector metrics = new(withItl: true);
            SimulatedRun run = SimulatedRun.Play(SimulationCase.Random(seed), repeatSteps: false, listener: new ObserverList(times, metrics));
            Instant warmup = new(run.End.Ns / 3);
            Distribution late = metrics.Summarise(run.End, default, warmup).Itl;
            // The warm-up is taken to end with a slice, of which a run has 32 or more.
            Assert.InRange(late.Samples, times.Gaps.Count(gap => gap.End > warmup.Ns + (run.End.Ns / 32)), times.Gaps.Count(gap => gap.End >= warmup.Ns));
        }
    }

    private static void Expect(List<long> gaps, Distribution itl, string where)
    {
        Distribution exact = Distribution.Of(gaps.ToArray());
        Assert.True(exact.Samples == itl.Samples, $"{where}: {itl.Samples} gaps, not {exact.Samples}");
        Near(exact.Mean, itl.Mean, 1e-12);
        Near(exact.P50, itl.P50, BucketError);
        Near(exact.P90, itl.P90, BucketError);
        Near(exact.P99, itl.P99, BucketError);
        Near(exact.P999, itl.P999, BucketError);

        void Near(double? expected, double? actual, double within) =>
            Assert.True(Math.Abs(actual!.Value - expected!.Value) <= expected.Value * within, $"{where}: {actual} s, not {expected} s");
    }
}
