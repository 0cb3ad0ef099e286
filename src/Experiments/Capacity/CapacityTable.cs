using System.Text;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Experiments.Results;

namespace Cortex.Experiments.Capacity;

/// <summary>Capacities as a table: a row for each policy set and point of the other axes, with the capacity and what was measured at it.</summary>
internal static class CapacityTable
{
    /// <summary>What every search has found.</summary>
    public static IReadOnlyList<CapacityRow> Rows(Experiment experiment, IReadOnlyList<CapacitySearch> searches) =>
    [
        .. searches.Chunk(experiment.Repeat).Select(group => new CapacityRow(
            group[0].First.Policies.Name, Without(group[0].First.AxisValues, LoadAxis(experiment)), group[0].First.Stamp,
            [.. group.Select(search => new CapacityFound(search.First.Seed, search.IsGivenUp ? null : search.Capacity, search.AtCapacity?.Cell.Key))])),
    ];

    /// <summary>The same as a table.</summary>
    public static ResultTable Of(Experiment experiment, IReadOnlyList<CapacitySearch> searches)
    {
        var probes = searches.SelectMany(search => search.Probes).DistinctBy(probe => probe.Cell.Key).ToDictionary(probe => probe.Cell.Key, probe => probe.Result);
        return CapacityRow.Table(Axes(experiment), experiment.Baseline, Rows(experiment, searches), probes.GetValueOrDefault);
    }

    /// <summary>All axes but the load.</summary>
    public static IReadOnlyList<string> Axes(Experiment experiment) => Without(experiment.Axes, LoadAxis(experiment));

    /// <summary>Every load that was tried, in each repetition that tried it: policy set by policy set, loads ascending.</summary>
    public static IReadOnlyList<IReadOnlyList<PlannedCell>> ProbedRows(Experiment experiment, IReadOnlyList<CapacitySearch> searches) =>
    [
        .. searches.Chunk(experiment.Repeat).SelectMany(group => group
            .SelectMany(search => search.Probes).Select(probe => probe.Cell)
            .GroupBy(cell => cell.Cell.Workload.Load).OrderBy(load => load.Key)
            .Select(load => load.ToArray())),
    ];

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

    private static int LoadAxis(Experiment experiment) => experiment.Axes.ToList().IndexOf(ExperimentLoader.LoadAxis);

    private static string[] Without(IReadOnlyList<string> values, int axis) => [.. values.Where((_, index) => index != axis)];
}
