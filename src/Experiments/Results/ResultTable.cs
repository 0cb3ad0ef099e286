using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;

namespace Cortex.Experiments.Results;

/// <summary>All rows of an experiment: policy sets × points of the axes, in that order.</summary>
/// <param name="Axes">Dotted keys.</param>
/// <param name="Counts">Names of all counts, in the order of the columns.</param>
/// <param name="Metrics">Names of all metrics, in the order of the columns.</param>
public sealed record ResultTable(
    IReadOnlyList<string> Axes,
    string Baseline,
    IReadOnlyList<string> Counts,
    IReadOnlyList<string> Metrics,
    IReadOnlyList<ResultRow> Rows)
{
    /// <summary>The baseline's row at the same point of the axes.</summary>
    public ResultRow BaselineOf(ResultRow row) =>
        Rows.First(other => other.Policy == Baseline && other.AxisValues.SequenceEqual(row.AxisValues));

    /// <param name="cells">As <see cref="PlannedCell.All"/> gives them.</param>
    /// <param name="outcomes">By key; cells without an outcome count as failed.</param>
    public static ResultTable Of(Experiment experiment, IReadOnlyList<PlannedCell> cells, IReadOnlyDictionary<string, CellOutcome> outcomes)
    {
        CellResult?[] results = [.. cells.Select(cell => outcomes.GetValueOrDefault(cell.Key)?.Result)];
        CellResult[] whole = [.. results.OfType<CellResult>()];
        string[] counts = [.. whole.SelectMany(result => result.Counts.Keys).Distinct()];
        string[] metrics = [.. whole.SelectMany(result => result.Metrics.Keys).Distinct()];
        var rows = new List<ResultRow>();
        for (int first = 0; first < cells.Count; first += experiment.Repeat)
        {
            rows.Add(Row(cells[first].Cell, results.AsSpan(first, experiment.Repeat), counts, metrics));
        }
        return new ResultTable(experiment.Axes, experiment.Baseline, counts, metrics, rows);
    }

    private static ResultRow Row(ResolvedCell cell, ReadOnlySpan<CellResult?> repetitions, string[] counts, string[] metrics)
    {
        CellResult[] whole = [.. repetitions.ToArray().OfType<CellResult>()];
        var totals = new OrderedDictionary<string, long>();
        var least = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (string count in counts)
        {
            long[] values = [.. whole.Where(result => result.Counts.ContainsKey(count)).Select(result => result.Counts[count])];
            if (values.Length > 0)
            {
                totals.Add(count, values.Sum());
                least.Add(count, values.Min());
            }
        }
        var measured = new OrderedDictionary<string, IReadOnlyList<double?>>();
        foreach (string metric in metrics)
        {
            measured.Add(metric, [.. repetitions.ToArray().Select(result => result?.Metrics.GetValueOrDefault(metric))]);
        }
        return new ResultRow(cell.Policies.Name, cell.AxisValues, whole.Length, totals, measured) 
        {
            LeastCounts = least,
            Batches = repetitions is [{ } one] ? one.Intervals : new(),
        };
    }
}
