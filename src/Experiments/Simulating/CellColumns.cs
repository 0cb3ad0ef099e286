using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Experiments.Simulating;

/// <summary>Names of all that a run measures: the same for every run.</summary>
internal static class CellColumns
{
    /// <summary>In the order of the columns of <c>results.csv</c>.</summary>
    public static IReadOnlyList<string> Counts { get; } = [.. Nothing.Counts.Select(count => count.Name), CountNames.HeldBack];

    /// <inheritdoc cref="Counts"/>
    public static IReadOnlyList<string> Metrics { get; } =
    [
        .. Nothing.Metrics.Select(metric => metric.Name),
        .. new RunStatistics(new MetricsCollector(), Instant.Zero, Instant.Zero, new WarmupRule.None(), default).Columns().Select(column => column.Name),
    ];

    /// <summary>A run in which nothing happened.</summary>
    private static RunSummary Nothing => new MetricsCollector().Summarise(Instant.Zero, default);
}
