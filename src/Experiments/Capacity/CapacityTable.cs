using System.Text;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Experiments.Results;

namespace Cortex.Experiments.Capacity;

/// <summary>Capacities as a table: a row for each policy set and point of the other axes, with the capacity and what was measured at it.</summary>
internal static class CapacityTable
{
    public static ResultTable Of(Experiment experiment, IReadOnlyList<CapacitySearch> searches)
    {
        int load = experiment.Axes.ToList().IndexOf(ExperimentLoader.LoadAxis);
        CellResult[] measured = [.. searches.Select(search => search.AtCapacity).OfType<CellResult>()];
        string[] counts = [.. measured.SelectMany(result => result.Counts.Keys).Distinct()];
        string[] metrics = [MetricNames.Capacity, .. measured.SelectMany(result => result.Metrics.Keys).Distinct()];
        var rows = new List<ResultRow>();
        for (int first = 0; first < searches.Count; first += experiment.Repeat)
        {
            rows.Add(Row([.. searches.Skip(first).Take(experiment.Repeat)], Without(searches[first].First.AxisValues, load), counts, metrics));
        }
        return new ResultTable(Without(experiment.Axes, load), experiment.Baseline, counts, metrics, rows);
    }

    /// <summary><c>capacity_probes.csv</c>: a row for each load that was tried, search by search.</summary>
    public static string Probes(Experiment experiment, IReadOnlyList<CapacitySearch> searches)
    {
        string[] shown =
        [
            MetricNames.CallsPerSecond, MetricNames.Goodput,
            .. new[] { MetricNames.Ttft, MetricNames.Tpot, "e2e", MetricNames.Workflow }.Select(family => MetricNames.Percentile(family, experiment.Capacity.Percentile)),
        ];
        var text = new StringBuilder(CsvText.Line(["policy", .. experiment.Axes, "seed", "meets_slo", .. shown]));
        foreach (CapacitySearch search in searches)
        {
            foreach (Probe probe in search.Probes)
            {
                ResolvedCell cell = probe.Cell.Cell;
                text.Append(CsvText.Line([
                    cell.Policies.Name, .. cell.AxisValues, $"{cell.Seed}", probe.Meets ? "true" : "false",
                    .. shown.Select(metric => CsvText.Number(probe.Result.Metrics.GetValueOrDefault(metric)))]));
            }
        }
        return text.ToString();
    }

    private static ResultRow Row(CapacitySearch[] repetitions, string[] axes, string[] counts, string[] metrics)
    {
        CellResult?[] results = [.. repetitions.Select(search => search.AtCapacity)];
        CellResult[] whole = [.. results.OfType<CellResult>()];
        var totals = new OrderedDictionary<string, long>();
        var least = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (string count in counts)
        {
            long[] values = [.. whole.Select(result => result.Counts.GetValueOrDefault(count))];
            totals.Add(count, values.Sum());
            least.Add(count, values.DefaultIfEmpty().Min());
        }
        var measured = new OrderedDictionary<string, IReadOnlyList<double?>>();
        foreach (string metric in metrics)
        {
            measured.Add(metric, metric == MetricNames.Capacity
                ? [.. repetitions.Select(search => search.IsGivenUp ? null : (double?)search.Capacity)]
                : [.. results.Select(result => result?.Metrics.GetValueOrDefault(metric))]);
        }
        return new ResultRow(repetitions[0].First.Policies.Name, axes, repetitions.Count(search => !search.IsGivenUp), totals, measured)
        {
            LeastCounts = least,
            Batches = new SortedDictionary<string, Bounds>(),
        };
    }

    private static string[] Without(IReadOnlyList<string> values, int axis) => [.. values.Where((_, index) => index != axis)];
}
