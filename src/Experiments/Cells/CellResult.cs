using Cortex.Experiments.Details;

namespace Cortex.Experiments.Cells;

/// <summary>What one run measured.</summary>
/// <param name="Counts">By name, see <see cref="CountNames"/>; the order is that of the columns.</param>
/// <param name="Metrics">By name, see <see cref="MetricNames"/>; null where nothing was there to measure. The order is that of the columns.</param>
/// <param name="Intervals">Bounds of some metrics from this run alone, by batches, see <see cref="Statistics.BatchMeans"/>.</param>
/// <param name="Fingerprint">Mix over all decisions of the run.</param>
public sealed record CellResult(
    OrderedDictionary<string, long> Counts,
    OrderedDictionary<string, double?> Metrics,
    OrderedDictionary<string, Bounds> Intervals,
    string Fingerprint)
{
    /// <summary>What figures show of it beyond the metrics.</summary>
    public CellDetail Detail { get; init; } = CellDetail.Empty;
}

/// <summary>Bounds of a metric; null where there are too few values for one.</summary>
public readonly record struct Bounds(double? Low, double? High);
