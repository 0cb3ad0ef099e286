using Cortex.Policies;

namespace Cortex.Serving.Tests.Metrics;

/// <summary>The definitions of <c>docs/metrics.md</c> written down as they stand there, in seconds.</summary>
internal sealed class NaiveSummary(RandomRun run, Instant? warmup, SloBounds slo)
{
    private readonly CallRecord[] finished = [.. run.Calls.Where(call => call.State == CallState.Finished)];
    private readonly CallRecord[] scheduled = [.. run.Calls.Where(call => call.Scheduled != Instant.Never)];

    private readonly (double Arrived, double End)[] workflows =
    [
        .. from workflow in run.Workflows
           let calls = run.Calls.Where(call => call.WorkflowTag == workflow.Tag)
           where workflow.Ended is not null && calls.All(call => call.State == CallState.Finished)
           select (workflow.Arrived.Seconds, calls.Select(call => call.End.Seconds).Append(workflow.Ended!.Value.Seconds).Max()),
    ];

    private double First => run.Workflows.Min(workflow => workflow.Arrived.Seconds);

    private double Last => run.Calls.Select(call => call.End).Concat(run.Workflows.Select(workflow => workflow.Ended ?? Instant.Zero)).Max().Seconds;

    public Dictionary<string, double?> Metrics()
    {
        Dictionary<string, double?> metrics = [];
        if (run.Workflows.Count == 0)
        {
            return metrics;
        }
        double makespan = Last - First;
        metrics["makespan_s"] = makespan;
        double after = warmup?.Seconds ?? double.NegativeInfinity;
        double warm = Last - Math.Max(First, warmup?.Seconds ?? 0);
        AddThroughput(metrics, "", double.NegativeInfinity, makespan);
        AddThroughput(metrics, "warm_", after, warm);
        metrics["goodput_calls_per_s"] = Rate(finished.Count(call => call.End.Seconds > after && IsGood(call)), warm);
        metrics["goodput_workflows_per_s"] = Rate(
            workflows.Count(workflow => workflow.End > after && !(workflow.End - workflow.Arrived > slo.Workflow?.Seconds)), warm);
        CallRecord[] late = [.. Late(scheduled)];
        metrics["hit_rate"] = late.Length == 0 ? null : late.Sum(call => (double)call.HitTokens) / late.Sum(call => call.PromptTokens);
        AddTimes(metrics, "ttft", Late(finished).Select(Ttft));
        AddTimes(metrics, "tpot", Late(finished).Where(call => call.OutputTokens > 1).Select(Tpot));
        AddTimes(metrics, "e2e", Late(finished).Select(E2e));
        AddTimes(metrics, "queue", Late(scheduled).Select(call => (call.Scheduled - call.Ready).Seconds));
        AddTimes(metrics, "workflow", workflows.Where(workflow => workflow.Arrived >= after).Select(workflow => workflow.End - workflow.Arrived));
        return metrics;
    }

    private void AddThroughput(Dictionary<string, double?> metrics, string window, double after, double length)
    {
        CallRecord[] inside = [.. finished.Where(call => call.End.Seconds > after)];
        metrics[window + "throughput_calls_per_s"] = Rate(inside.Length, length);
        metrics[window + "throughput_workflows_per_s"] = Rate(workflows.Count(workflow => workflow.End > after), length);
        metrics[window + "prompt_tokens_per_s"] = Rate(inside.Sum(call => call.PromptTokens), length);
        metrics[window + "output_tokens_per_s"] = Rate(inside.Sum(call => call.OutputTokens), length);
    }

    private IEnumerable<CallRecord> Late(IEnumerable<CallRecord> calls) => calls.Where(call => warmup is not { } from || call.Ready >= from);

    private bool IsGood(CallRecord call) =>
        !(Ttft(call) > slo.Ttft?.Seconds) && !(E2e(call) > slo.E2e?.Seconds) && !((call.OutputTokens == 1 ? 0 : Tpot(call)) > slo.Tpot?.Seconds);

    private static double Ttft(CallRecord call) => (call.FirstToken - call.Ready).Seconds;

    private static double E2e(CallRecord call) => (call.End - call.Ready).Seconds;

    private static double Tpot(CallRecord call) => (call.End - call.FirstToken).Seconds / (call.OutputTokens - 1);

    private static double? Rate(double count, double length) => length > 0 ? count / length : null;

    private static void AddTimes(Dictionary<string, double?> metrics, string family, IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        metrics[family + "_mean_s"] = sorted.Length == 0 ? null : sorted.Average();
        foreach ((string name, double q) in (ReadOnlySpan<(string, double)>)[("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999)])
        {
            double position = (sorted.Length - 1) * q;
            metrics[$"{family}_{name}_s"] = sorted.Length == 0
                ? null
                : double.Lerp(sorted[(int)Math.Floor(position)], sorted[(int)Math.Ceiling(position)], position - Math.Floor(position));
        }
    }
}
