namespace Cortex.Serving;

/// <summary>A number of things, by its column in <c>results.csv</c>.</summary>
public readonly record struct NamedCount(string Name, long Value);

/// <summary>A metric, by its column in <c>results.csv</c>.</summary>
/// <param name="Unit"><c>s</c>, <c>1/s</c> or <c>1</c>.</param>
/// <param name="Value">Null where nothing was there to measure.</param>
public readonly record struct NamedMetric(string Name, string Unit, double? Value);

/// <summary>The metrics of one run, as <c>docs/metrics.md</c> defines them.</summary>
public sealed record RunSummary
{
    public required RunCounts Totals { get; init; }

    /// <summary>Seconds from the first arrival to the last end; null if nothing arrived.</summary>
    public required double? Makespan { get; init; }

    /// <summary>Over the makespan.</summary>
    public required Throughput Throughput { get; init; }

    /// <summary>Over the window from the end of the warm-up to the last end; without warm-up, the same as <see cref="Throughput"/>.</summary>
    public required Throughput WarmThroughput { get; init; }

    /// <summary>Calls that finished within their bounds after the warm-up, per second of the same window.</summary>
    public required double? GoodputCalls { get; init; }

    /// <summary>Workflows that finished within their bound after the warm-up, per second of the same window.</summary>
    public required double? GoodputWorkflows { get; init; }

    /// <summary>Hit tokens / prompt tokens at first schedule-in, over the calls that were scheduled: 0 to 1.</summary>
    public required double? HitRate { get; init; }

    /// <summary>First token − ready, of finished calls.</summary>
    public required Distribution Ttft { get; init; }

    /// <summary>(End − first token) / (output tokens − 1), of finished calls with two tokens or more.</summary>
    public required Distribution Tpot { get; init; }

    /// <summary>Gaps between neighbouring tokens of calls, pooled, of all calls, with quantiles to 0.2 %; nothing if they were not counted.</summary>
    public required Distribution Itl { get; init; }

    /// <summary>End − ready, of finished calls.</summary>
    public required Distribution E2e { get; init; }

    /// <summary>First schedule-in − ready, of all calls that were scheduled.</summary>
    public required Distribution Queue { get; init; }

    /// <summary>Last end − arrival, of workflows that ended with all their calls finished.</summary>
    public required Distribution Workflow { get; init; }

    /// <summary>Where the time of the same workflows went, on average; null if nobody was asked for what released what, or there are none.</summary>
    public required MeanBlame? Blame { get; init; }

    /// <summary>Counts with their names, in the order of columns; the same names for every run.</summary>
    public IReadOnlyList<NamedCount> Counts => SummaryColumns.Counts(this);

    /// <summary>Metrics with their names, in the order of columns; the same names for every run.</summary>
    public IReadOnlyList<NamedMetric> Metrics => SummaryColumns.Metrics(this);
}
