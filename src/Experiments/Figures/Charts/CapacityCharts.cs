using Cortex.Experiments.Cells;
using Cortex.Experiments.Results;
using Cortex.Experiments.Statistics;

namespace Cortex.Experiments.Figures.Charts;

/// <summary>The largest load that meets the SLO, a row a policy with its interval, a panel a point of the other axes.</summary>
internal static class CapacityCharts
{
    private const int MostPanels = 9;

    /// <param name="data">The loads that were tried, for colours and the title of the load's axis.</param>
    /// <param name="capacities">What was found.</param>
    public static IEnumerable<FigureSection> Of(ChartData data, ResultTable capacities)
    {
        IGrouping<string, ResultRow>[][] parts =
            [.. capacities.Rows.Where(row => row.Estimate(MetricNames.Capacity) is not null).GroupBy(row => Label(capacities, row)).Chunk(MostPanels)];
        if (parts.Length > 0)
        {
            yield return new FigureSection("Capacity", [.. parts.Select((points, index) => (parts.Length > 1 ? $"part {index + 1}" : "", Draw(data, points, parts.Length > 1 ? $"part {index + 1}" : "")))]);
        }
    }

    private static Figure Draw(ChartData data, IGrouping<string, ResultRow>[] points, string part) => new(
        $"capacity{FigureSection.Suffix(part)}",
        "Capacity: the largest load that meets the SLO",
        new FigureAxis(data.LoadTitle),
        new FigureAxis("") { Categories = data.Policies },
        [.. points.Select(point => new Panel(point.Key, [.. point.Select(row => Dot(data, row))]))])
    {
        Note = data.RepetitionNote(points.SelectMany(point => point).Select(row => Point(data, row))),
        Stamps = ChartData.StampsOf(points.SelectMany(point => point)),
    };

    private static Series Dot(ChartData data, ResultRow row) => new(row.Policy, "", data.Style(row.Policy, Mark.Line), [Point(data, row)]);

    private static FigurePoint Point(ChartData data, ResultRow row)
    {
        Interval capacity = row.Estimate(MetricNames.Capacity)!.Value;
        return new(capacity.Mean, data.Policies.ToList().IndexOf(row.Policy)) { XLow = capacity.Low, XHigh = capacity.High };
    }

    private static string Label(ResultTable table, ResultRow row) =>
        string.Join(", ", table.Axes.Zip(row.AxisValues, (axis, value) => $"{axis[(axis.LastIndexOf('.') + 1)..]} {value}"));
}
