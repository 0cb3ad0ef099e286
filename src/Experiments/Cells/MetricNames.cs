namespace Cortex.Experiments.Cells;

/// <summary>
/// Metrics that tables and figures show, by their column in <c>results.csv</c>. A percentile is named <c>&lt;family&gt;_p50_s</c>, its mean
/// <c>&lt;family&gt;_mean_s</c>, and <c>&lt;family&gt;_samples</c> is the count that it was taken from. A runner may give others; they become columns too.
/// </summary>
public static class MetricNames
{
    /// <summary>Finished calls a second, after the warm-up.</summary>
    public const string CallsPerSecond = "warm_throughput_calls_per_s";

    /// <summary>Output tokens of finished calls a second, after the warm-up.</summary>
    public const string OutputTokensPerSecond = "warm_output_tokens_per_s";

    /// <summary>Finished calls that met every bound of <c>slo</c>, a second.</summary>
    public const string Goodput = "goodput_calls_per_s";

    /// <summary>Finished workflows a second, after the warm-up.</summary>
    public const string WorkflowsPerSecond = "warm_throughput_workflows_per_s";

    /// <summary>Those of them that met their bound, a second.</summary>
    public const string WorkflowGoodput = "goodput_workflows_per_s";

    /// <summary>Share of the scheduled calls that finished within every bound of <c>slo</c>: 0 to 1; absent without bounds.</summary>
    public const string SloAttainment = "slo_attainment";

    /// <summary>Prompt tokens found in the cache at first schedule-in, over all prompt tokens: 0 to 1.</summary>
    public const string HitRate = "hit_rate";

    /// <summary>Seconds from the first arrival to the last end.</summary>
    public const string Makespan = "makespan_s";

    /// <summary>See <see cref="Statistics.Saturation.RateDeficit"/>.</summary>
    public const string RateDeficit = "rate_deficit";

    /// <summary>See <see cref="Statistics.Saturation.LatencyTrend"/>.</summary>
    public const string LatencyTrend = "latency_trend";

    /// <summary>The largest load that meets the SLO, as <c>cortex capacity</c> finds it.</summary>
    public const string Capacity = "capacity_load";

    /// <summary>Family: first token − ready.</summary>
    public const string Ttft = "ttft";

    /// <summary>Family: (end − first token) / (output − 1), one value a call.</summary>
    public const string Tpot = "tpot";

    /// <summary>Family: gaps between neighbouring tokens of calls, pooled.</summary>
    public const string Itl = "itl";

    /// <summary>Family: last end − arrival of a workflow.</summary>
    public const string Workflow = "workflow";

    /// <summary>Whether a column holds shares, from 0 to 1.</summary>
    public static bool IsShare(string column) => column is SloAttainment or HitRate or RateDeficit;

    /// <summary>Column of a percentile, in seconds.</summary>
    /// <param name="percentile">Such as <c>99</c> or <c>99.9</c>.</param>
    public static string Percentile(string family, string percentile) => $"{family}_p{percentile}_s";

    /// <summary>The percentile that a column holds, with its family; null if it holds none.</summary>
    public static (string Family, string Percentile)? AsPercentile(string column)
    {
        int at = column.LastIndexOf("_p", StringComparison.Ordinal);
        bool isOne = at > 0 && column.EndsWith("_s", StringComparison.Ordinal) && at + 4 < column.Length && char.IsAsciiDigit(column[at + 2]);
        return isOne ? (column[..at], column[(at + 2)..^2]) : null;
    }
}
