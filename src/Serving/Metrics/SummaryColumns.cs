namespace Cortex.Serving;

/// <summary>Names and order of a run's numbers in <c>results.csv</c>.</summary>
internal static class SummaryColumns
{
    public static NamedCount[] Counts(RunSummary run) =>
    [
        new("workflows", run.Totals.Workflows),
        new("workflows_ended", run.Totals.WorkflowsEnded),
        new("workflows_finished", run.Totals.WorkflowsFinished),
        new("calls", run.Totals.Calls),
        new("calls_finished", run.Totals.Finished),
        new("calls_refused", run.Totals.Refused),
        new("calls_cancelled", run.Totals.Cancelled),
        new("calls_failed", run.Totals.Failed),
        new("calls_unfinished", run.Totals.Unfinished),
        new("calls_refused_max_model_len", run.Totals.RefusedForModelLength),
        new("calls_refused_kv_memory", run.Totals.RefusedForKvMemory),
        new("calls_held_kv_memory", run.Totals.HeldByMemory),
        new("calls_held_max_num_seqs", run.Totals.HeldBySequences),
        new("calls_held_token_budget", run.Totals.HeldByTokenBudget),
        new("preemptions", run.Totals.Preemptions),
        new("preempted_calls", run.Totals.PreemptedCalls),
        new("prompt_tokens", run.Totals.PromptTokens),
        new("output_tokens", run.Totals.OutputTokens),
        new("hit_tokens", run.Totals.HitTokens),
        .. Families(run).Select(family => new NamedCount($"{family.Name}_samples", family.Values.Samples)),
    ];

    public static NamedMetric[] Metrics(RunSummary run) =>
    [
        new("makespan_s", "s", run.Makespan),
        .. Rates("", run.Throughput),
        .. Rates("warm_", run.WarmThroughput),
        new("goodput_calls_per_s", "1/s", run.GoodputCalls),
        new("goodput_workflows_per_s", "1/s", run.GoodputWorkflows),
        new("hit_rate", "1", run.HitRate),
        .. Families(run).SelectMany(family => Times(family.Name, family.Values)),
        .. WorkflowBlame.Parts.Select((part, i) => new NamedMetric($"blame_{part}_mean_s", "s", run.Blame?.Seconds[i])),
    ];

    private static (string Name, Distribution Values)[] Families(RunSummary run) =>
        [("ttft", run.Ttft), ("tpot", run.Tpot), ("itl", run.Itl), ("e2e", run.E2e), ("queue", run.Queue), ("workflow", run.Workflow)];

    private static NamedMetric[] Rates(string window, Throughput rates) =>
    [
        new($"{window}throughput_calls_per_s", "1/s", rates.Calls),
        new($"{window}throughput_workflows_per_s", "1/s", rates.Workflows),
        new($"{window}prompt_tokens_per_s", "1/s", rates.PromptTokens),
        new($"{window}output_tokens_per_s", "1/s", rates.OutputTokens),
    ];

    private static NamedMetric[] Times(string family, Distribution values) =>
    [
        new($"{family}_mean_s", "s", values.Mean),
        new($"{family}_p50_s", "s", values.P50),
        new($"{family}_p90_s", "s", values.P90),
        new($"{family}_p99_s", "s", values.P99),
        new($"{family}_p99.9_s", "s", values.P999),
    ];
}
