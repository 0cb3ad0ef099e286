using Cortex.Policies;
using Xunit;

namespace Cortex.Serving.Tests.Metrics;

/// <summary>One small run, computed by hand. It begins at 1 s and ends at 11 s.</summary>
public sealed class MetricsCollectorTests
{
    private const long Ms = 1_000_000;

    [Fact]
    public void Calls_and_workflows_are_counted_by_their_ends() => Assert.Equal(
        new RunCounts
        {
            Workflows = 5,
            WorkflowsEnded = 4,
            WorkflowsFinished = 2,
            Calls = 7,
            Finished = 3,
            Refused = 1,
            Cancelled = 1,
            Failed = 1,
            Unfinished = 1,
            Preemptions = 3,
            PreemptedCalls = 2,
            PromptTokens = 1217,
            OutputTokens = 12,
            HitTokens = 55,
        },
        Summary().Totals);

    [Fact]
    public void Latencies_are_of_the_calls_that_have_them()
    {
        RunSummary run = Summary();
        // Of calls 1, 0 and 6: 0.25, 1 and 3 s. Position of p90: 2 × 0.9 = 1.8, so 1 + 0.8 × 2.
        AssertTimes([4.25 / 3, 1, 2.6, 2.96, 2.996], 3, run.Ttft);
        // Call 1 has one token, so none.
        AssertTimes([0.5, 0.5, 0.5, 0.5, 0.5], 2, run.Tpot);
        AssertTimes([7.25 / 3, 3, 3.8, 3.98, 3.998], 3, run.E2e);
        // Of calls 1, 5, 0, 6 and 3, three of which finished: 0, 0.25, 0.5, 0.5 and 1 s.
        AssertTimes([0.45, 0.5, 0.8, 0.98, 0.998], 5, run.Queue);
        // Workflow 0 ends with a tool, 1.75 s after its last call: 5 s. Workflow 4: 4 s.
        AssertTimes([4.5, 4.5, 4.9, 4.99, 4.999], 2, run.Workflow);
    }

    [Fact]
    public void Throughput_is_of_finished_work_over_the_makespan()
    {
        RunSummary run = Summary();
        Assert.Equal(10, run.Makespan);
        Assert.Equal(new Throughput(0.3, 0.2, 16, 0.9), run.Throughput);
        Assert.Equal(run.Throughput, run.WarmThroughput);
    }

    [Fact]
    public void What_ended_in_the_warm_up_does_not_count_behind_it()
    {
        // Call 1 ends exactly with the warm-up; call 6 and both workflows after it.
        RunSummary run = Summary(warmup: new Instant(4250 * Ms));
        Assert.Equal(new Throughput(0.3, 0.2, 16, 0.9), run.Throughput);
        Assert.Equal(new Throughput(1 / 6.75, 2 / 6.75, 10 / 6.75, 3 / 6.75), run.WarmThroughput);
    }

    [Fact]
    public void Times_and_hits_are_of_what_became_ready_after_the_warm_up()
    {
        // Calls 5 and 6 of those that were scheduled, and workflow 4; the call that was ready just then counts.
        RunSummary run = Summary(warmup: new Instant(5000 * Ms));
        AssertTimes([3, 3, 3, 3, 3], 1, run.Ttft);
        AssertTimes([0.375, 0.375, 0.475, 0.4975, 0.49975], 2, run.Queue);
        AssertTimes([4, 4, 4, 4, 4], 1, run.Workflow);
        Assert.Equal(5.0 / 17, run.HitRate);
        Assert.Equal(7, run.Totals.Calls);
    }

    [Fact]
    public void Goodput_is_of_what_ended_after_the_warm_up() =>
        Assert.Equal(1 / 6.75, Summary(warmup: new Instant(4250 * Ms)).GoodputCalls);

    [Fact]
    public void A_warm_up_before_the_first_arrival_changes_nothing()
    {
        RunSummary run = Summary(warmup: new Instant(500 * Ms));
        Assert.Equal(run.Throughput, run.WarmThroughput);
    }

    [Fact]
    public void A_warm_up_that_outlasts_the_run_leaves_nothing_to_measure() =>
        Assert.Equal(default, Summary(warmup: new Instant(11_000 * Ms)).WarmThroughput);

    [Theory]
    [InlineData(null, null, null, 0.3)] // Without a bound every finished call is good.
    [InlineData(1000, null, null, 0.2)] // Call 0 takes 1 s to its first token: a bound that is just met is met.
    [InlineData(999, null, null, 0.1)]
    [InlineData(null, 500, null, 0.3)]
    [InlineData(null, 499, null, 0.1)] // Call 1 has one token: its TPOT counts as 0.
    [InlineData(null, null, 3999, 0.2)]
    [InlineData(1000, 500, 2999, 0.1)]
    public void Good_calls_meet_every_bound(int? ttftMs, int? tpotMs, int? e2eMs, double goodput) =>
        Assert.Equal(goodput, Summary(new(Bound(ttftMs), Bound(tpotMs), Bound(e2eMs), Workflow: Bound(1))).GoodputCalls);

    [Theory]
    [InlineData(null, 0.2)]
    [InlineData(5000, 0.2)]
    [InlineData(4999, 0.1)]
    [InlineData(3999, 0)]
    public void Good_workflows_meet_their_bound(int? workflowMs, double goodput) =>
        Assert.Equal(goodput, Summary(new(Ttft: Bound(1), Tpot: null, E2e: null, Bound(workflowMs))).GoodputWorkflows);

    [Fact]
    public void A_bound_on_tpot_is_met_or_missed_to_the_nanosecond()
    {
        MetricsCollector collector = new();
        // Two gaps, together 2 · 2^53 + 1 ns: no double tells the quotient from 2^53.
        new Stream(collector).WorkflowArrives(0, 0).CallArrives(0, 0).CallEnds(0, 0, 0, 0, 1, (1L << 54) + 2, output: 3);
        Assert.Equal(0, collector.Summarise(Instant.Zero, new(null, new Duration(1L << 53), null, null)).GoodputCalls);
        Assert.True(collector.Summarise(Instant.Zero, new(null, new Duration((1L << 53) + 1), null, null)).GoodputCalls > 0);
    }

    [Fact]
    public void Hits_are_a_share_of_the_prompts_that_were_scheduled() => Assert.Equal(55.0 / 197, Summary().HitRate);

    [Fact]
    public void The_time_after_a_workflow_was_declared_complete_counts_until_its_last_call_ends()
    {
        MetricsCollector collector = new();
        Stream stream = new Stream(collector).WorkflowArrives(0, 0).CallArrives(0, 0).WorkflowEnds(0, 0);
        stream.CallEnds(0, 0, 0, 0, 1, 3000 * Ms);
        Assert.Equal(3, collector.Summarise(new(3000 * Ms), default).Workflow.P50);
    }

    [Fact]
    public void An_unfinished_call_without_an_end_lasts_until_the_run_is_ended()
    {
        MetricsCollector collector = new();
        new Stream(collector).WorkflowArrives(0, 0).CallArrives(0, 0).CallEnds(0, 0, 0, 0, 1, -1, state: CallState.Unfinished);
        Assert.Equal(2, collector.Summarise(new(2000 * Ms), default).Makespan);
    }

    [Fact]
    public void A_run_without_calls_has_counts_and_no_metrics()
    {
        RunSummary run = new MetricsCollector().Summarise(new(5000 * Ms), default);
        Assert.All(run.Counts, count => Assert.Equal(0, count.Value));
        Assert.All(run.Metrics, metric => Assert.Null(metric.Value));
    }

    [Fact]
    public void A_run_may_be_summed_up_while_it_goes_on()
    {
        MetricsCollector collector = new();
        Stream stream = new Stream(collector).WorkflowArrives(0, 0).CallArrives(0, 0).CallEnds(0, 0, 0, 1, 2, 1000 * Ms);
        Assert.Equal(collector.Summarise(new(1000 * Ms), default), collector.Summarise(new(1000 * Ms), default));
        stream.CallArrives(1, 1000 * Ms).CallEnds(1, 0, 1000 * Ms, 1000 * Ms, 1001 * Ms, 1500 * Ms).WorkflowEnds(0, 1500 * Ms);
        RunSummary run = collector.Summarise(new(1500 * Ms), default);
        Assert.Equal(0.75, run.E2e.P50);
        Assert.Equal(1.5, run.Workflow.Mean);
    }

    private static Duration? Bound(int? ms) => ms is { } value ? new Duration(value * Ms) : null;

    private static RunSummary Summary(SloBounds slo = default, Instant? warmup = null)
    {
        MetricsCollector collector = new();
        SmallRun.Play(collector);
        return collector.Summarise(SmallRun.End, slo, warmup);
    }

    private static void AssertTimes(double[] expected, int samples, Distribution actual)
    {
        Assert.Equal(samples, actual.Samples);
        double?[] values = [actual.Mean, actual.P50, actual.P90, actual.P99, actual.P999];
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second!.Value, 1e-15 * 10));
    }
}
