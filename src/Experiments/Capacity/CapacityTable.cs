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
        CapacitySearch[][] groups = [.. searches.Chunk(experiment.Repeat)];
        var measured = ResultTable.Of(
            Without(experiment.Axes, load), experiment.Baseline,
            [.. groups.Select(group => new RowResults(group[0].First.Policies.Name, Without(group[0].First.AxisValues, load), group[0].First.Stamp, [.. group.Select(search => search.AtCapacity)]))]);
        return measured with
        {
            Metrics = [MetricNames.Capacity, .. measured.Metrics],
            Rows = [.. measured.Rows.Zip(groups, WithCapacity)],
        };
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

    private static ResultRow WithCapacity(ResultRow row, CapacitySearch[] repetitions)
    {
        double?[] capacities = [.. repetitions.Select(search => search.IsGivenUp ? null : (double?)search.Capacity)];
        return row with
        {
            Repetitions = repetitions.Count(search => !search.IsGivenUp),
            Metrics = new([KeyValuePair.Create<string, IReadOnlyList<double?>>(MetricNames.Capacity, capacities), .. row.Metrics]),
        };
    }

    private static string[] Without(IReadOnlyList<string> values, int axis) => [.. values.Where((_, index) => index != axis)];
}
