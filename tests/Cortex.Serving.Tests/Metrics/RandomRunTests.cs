using Cortex.Policies;
using Xunit;

namespace Cortex.Serving.Tests.Metrics;

public sealed class RandomRunTests
{
    private const int Runs = 200;

    [Fact]
    public void Metrics_equal_their_definitions_written_down_plainly()
    {
        SloBounds slo = new(new Duration(400_000_000), new Duration(3_000_000), new Duration(1_500_000_000), new Duration(2_500_000_000));
        SloBounds[] bounds = [default, slo, slo with { Ttft = null }, slo with { Tpot = null, E2e = null }];
        for (ulong seed = 0; seed < Runs; seed++)
        {
            RandomRun run = new(seed);
            Instant? warmup = (seed % 3) switch { 0 => null, 1 => new Instant(700_000_000), _ => new Instant(run.End.Ns / 5) };
            MetricsCollector collector = new();
            run.Play(collector);
            SloBounds chosen = bounds[seed % 4];
            RunSummary summary = collector.Summarise(run.End, chosen, warmup);
            Dictionary<string, double?> plain = new NaiveSummary(run, warmup, chosen).Metrics();
            foreach (NamedMetric metric in summary.Metrics)
            {
                AssertSame(plain.GetValueOrDefault(metric.Name), metric.Value, $"{metric.Name} of seed {seed}");
            }
            AssertCounts(run, summary.Totals);
        }
    }

    [Fact]
    public void Every_random_run_passes_the_audit()
    {
        for (ulong seed = 0; seed < Runs; seed++)
        {
            RandomRun run = new(seed);
            RunAudit audit = new();
            run.Play(audit);
            audit.Check(run.End);
        }
    }

    [Fact]
    public void No_random_run_passes_the_audit_when_one_call_is_off_by_a_nanosecond()
    {
        for (ulong seed = 0; seed < Runs; seed++)
        {
            RandomRun run = new(seed);
            if (run.Calls.Count == 0)
            {
                continue;
            }
            RunAudit audit = new();
            run.Play(new Tampering(audit, run.Calls[(int)(seed % (ulong)run.Calls.Count)].Tag));
            Assert.Throws<AuditException>(() => audit.Check(run.End));
        }
    }

    private static void AssertCounts(RandomRun run, RunCounts counts)
    {
        Assert.Equal(run.Workflows.Count, counts.Workflows);
        Assert.Equal(run.Workflows.Count(workflow => workflow.Ended is not null), counts.WorkflowsEnded);
        Assert.Equal(run.Calls.Count, counts.Calls);
        long[] byState = [counts.Finished, counts.Refused, counts.Cancelled, counts.Failed, counts.Unfinished];
        Assert.Equal(Enum.GetValues<CallState>().Select(state => run.Calls.LongCount(call => call.State == state)), byState);
        Assert.Equal(run.Calls.Sum(call => (long)call.Preemptions), counts.Preemptions);
        Assert.Equal(run.Calls.LongCount(call => call.Preemptions > 0), counts.PreemptedCalls);
        Assert.Equal(run.Calls.Sum(call => (long)call.PromptTokens), counts.PromptTokens);
        Assert.Equal(run.Calls.Sum(call => (long)call.OutputTokens), counts.OutputTokens);
        Assert.Equal(run.Calls.Sum(call => (long)call.HitTokens), counts.HitTokens);
    }

    private static void AssertSame(double? expected, double? actual, string what)
    {
        Assert.True(expected.HasValue == actual.HasValue, $"{what}: {actual}, plainly {expected}");
        // The plain way takes differences of seconds, which leaves about 1e-15 s of each.
        Assert.True(Math.Abs((expected - actual) ?? 0) <= 1e-9 * Math.Abs(expected ?? 0) + 1e-14, $"{what}: {actual:R}, plainly {expected:R}");
    }

    /// <summary>Reports one call as ready a nanosecond earlier than it was.</summary>
    private sealed class Tampering(IServingObserver observer, int tag) : IServingObserver
    {
        public void WorkflowArrived(int tag, Instant at) => observer.WorkflowArrived(tag, at);

        public void WorkflowEnded(int tag, Instant at) => observer.WorkflowEnded(tag, at);

        public void CallArrived(int tag, Instant at) => observer.CallArrived(tag, at);

        public void CallEnded(in CallRecord record) =>
            observer.CallEnded(record.Tag == tag ? record with { Ready = new(record.Ready.Ns - 1) } : record);
    }
}
