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
    /// <summary>What the rows at one point are, for the heading of their names.</summary>
    public string Subject { get; init; } = "policy";

    /// <summary>How far the times in it can be trusted, a sentence that stands below it.</summary>
    public string StampSentence => CostStamp.Sentence(Rows.Select(row => row.Stamp));

    /// <summary>The baseline's row at the same point of the axes; null if it was not run there, as happens where loads are searched.</summary>
    public ResultRow? BaselineOf(ResultRow row) =>
        Rows.FirstOrDefault(other => other.Policy == Baseline && other.AxisValues.SequenceEqual(row.AxisValues));

    /// <param name="cells">As <see cref="PlannedCell.All"/> gives them.</param>
    /// <param name="outcomes">By key; cells without an outcome count as failed.</param>
    public static ResultTable Of(Experiment experiment, IReadOnlyList<PlannedCell> cells, IReadOnlyDictionary<string, CellOutcome> outcomes)
    {
        var rows = new List<RowResults>();
        for (int first = 0; first < cells.Count; first += experiment.Repeat)
        {
            ResolvedCell cell = cells[first].Cell;
            rows.Add(new(cell.Policies.Name, cell.AxisValues, cell.Stamp, [.. cells.Skip(first).Take(experiment.Repeat).Select(one => outcomes.GetValueOrDefault(one.Key)?.Result)]));
        }
        return Of(experiment.Axes, experiment.Baseline, rows);
    }

    /// <param name="axes">Dotted keys.</param>
    /// <param name="results">What each row is made from, in the order of the rows.</param>
    public static ResultTable Of(IReadOnlyList<string> axes, string baseline, IReadOnlyList<RowResults> results)
    {
        CellResult[] whole = [.. results.SelectMany(row => row.Repetitions).OfType<CellResult>()];
        string[] counts = [.. whole.SelectMany(result => result.Counts.Keys).Distinct()];
        string[] metrics = [.. whole.SelectMany(result => result.Metrics.Keys).Distinct()];
        return new ResultTable(axes, baseline, counts, metrics, [.. results.Select(row => Row(row, counts, metrics))]);
    }

    private static ResultRow Row(RowResults results, string[] counts, string[] metrics)
    {
        CellResult[] whole = [.. results.Repetitions.OfType<CellResult>()];
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
            measured.Add(metric, [.. results.Repetitions.Select(result => result?.Metrics.GetValueOrDefault(metric))]);
        }
        return new ResultRow(results.Policy, results.AxisValues, whole.Length, totals, measured)
        {
            Stamp = results.Stamp,
            LeastCounts = least,
            Batches = results.Repetitions is [{ } one] ? one.Intervals : new(),
        };
    }
}

/// <summary>What a row is made from.</summary>
/// <param name="AxisValues">As written, in the order of the axes.</param>
/// <param name="Stamp">How far its times can be trusted.</param>
/// <param name="Repetitions">All that were asked for; null where the cell failed or is missing.</param>
public sealed record RowResults(string Policy, IReadOnlyList<string> AxisValues, CostStamp Stamp, IReadOnlyList<CellResult?> Repetitions);
