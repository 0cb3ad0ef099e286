using Xunit;

namespace Cortex.Serving.Tests.Metrics;

/// <summary>Columns are what others build on: a change here is a change of the format of <c>results.csv</c>.</summary>
public sealed class SummaryColumnsTests
{
    private static readonly string[] Families = ["ttft", "tpot", "itl", "e2e", "queue", "workflow"];

    private readonly RunSummary run;

    public SummaryColumnsTests()
    {
        MetricsCollector collector = new();
        RunAudit audit = new();
        SmallRun.Play(new ObserverList(collector, audit));
        audit.Check(SmallRun.End);
        run = collector.Summarise(SmallRun.End, default);
    }

    [Fact]
    public void Counts_have_names_in_a_fixed_order() => Assert.Equal(
        [
            new("workflows", 5), new("workflows_ended", 4), new("workflows_finished", 2),
            new("calls", 7), new("calls_finished", 3), new("calls_refused", 1), new("calls_cancelled", 1), new("calls_failed", 1),
            new("calls_unfinished", 1),
            new("calls_refused_max_model_len", 0), new("calls_refused_kv_memory", 0),
            new("calls_held_kv_memory", 0), new("calls_held_max_num_seqs", 0), new("calls_held_token_budget", 0), new("preemptions", 3), new("preempted_calls", 2),
            new("prompt_tokens", 1217), new("output_tokens", 12), new("hit_tokens", 55),
            new("ttft_samples", 3), new("tpot_samples", 2), new("itl_samples", 0), new("e2e_samples", 3), new("queue_samples", 5), new("workflow_samples", 2),
        ],
        run.Counts.Select(count => new NamedCount(count.Name, count.Value)));

    [Fact]
    public void Metrics_have_names_and_units_in_a_fixed_order() => Assert.Equal(
        [
            ("makespan_s", "s"),
            ("throughput_calls_per_s", "1/s"), ("throughput_workflows_per_s", "1/s"), ("prompt_tokens_per_s", "1/s"), ("output_tokens_per_s", "1/s"),
            ("warm_throughput_calls_per_s", "1/s"), ("warm_throughput_workflows_per_s", "1/s"),
            ("warm_prompt_tokens_per_s", "1/s"), ("warm_output_tokens_per_s", "1/s"),
            ("goodput_calls_per_s", "1/s"), ("goodput_workflows_per_s", "1/s"), ("hit_rate", "1"),
            .. Families.SelectMany(family => new[] { "mean", "p50", "p90", "p99", "p99.9" }.Select(what => ($"{family}_{what}_s", "s"))),
            .. WorkflowBlame.Parts.Select(part => ($"blame_{part}_mean_s", "s")),
        ],
        run.Metrics.Select(metric => (metric.Name, metric.Unit)));

    [Fact]
    public void Each_name_has_its_value()
    {
        Dictionary<string, double?> metrics = run.Metrics.ToDictionary(metric => metric.Name, metric => metric.Value);
        Assert.Equal(run.Throughput.Calls, metrics["throughput_calls_per_s"]);
        Assert.Equal(run.Throughput.Workflows, metrics["throughput_workflows_per_s"]);
        Assert.Equal(run.Throughput.PromptTokens, metrics["prompt_tokens_per_s"]);
        Assert.Equal(run.Throughput.OutputTokens, metrics["output_tokens_per_s"]);
        Assert.Equal(run.HitRate, metrics["hit_rate"]);
        Assert.Equal(run.Ttft.Mean, metrics["ttft_mean_s"]);
        Assert.Equal(run.Ttft.P50, metrics["ttft_p50_s"]);
        Assert.Equal(run.E2e.P90, metrics["e2e_p90_s"]);
        Assert.Equal(run.Queue.P99, metrics["queue_p99_s"]);
        Assert.Equal(run.Workflow.P999, metrics["workflow_p99.9_s"]);
    }
}
