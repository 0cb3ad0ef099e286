using System.Globalization;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Experiments.Results;
using Cortex.Experiments.Statistics;

namespace Cortex.Experiments.Figures;

/// <summary>
/// The figures of a sweep, over the load: throughput and goodput; time to first token, per output token and of a workflow. Other axes than the
/// load give one set of figures for each of their points.
/// </summary>
public static class SweepFigures
{
    private const double WideRange = 20;

    private static readonly (string File, string Title, string Axis, (string Metric, string Statistic)[] Lines, bool Log)[] Kinds =
    [
        ("throughput", "Throughput against load", "calls per second",
            [(MetricNames.RequestsPerSecond, "finished"), (MetricNames.Goodput, "within the SLO")], false),
        Latency(MetricNames.Ttft, "Time to first token against load", "time to first token (s)"),
        Latency(MetricNames.Tpot, "Time per output token against load", "time per output token (s)"),
        Latency(MetricNames.Workflow, "Workflow time against load", "workflow time (s)"),
    ];

    /// <summary>File name without its ending, and figure. A figure without a single point is left out.</summary>
    /// <param name="loadTitle">Title of the load's axis, with its unit.</param>
    public static IReadOnlyList<(string File, Figure Figure)> Of(ResultTable table, string loadTitle)
    {
        int load = table.Axes.ToList().IndexOf(ExperimentLoader.LoadAxis);
        string[] policies = [.. table.Rows.Select(row => row.Policy).Distinct()];
        var figures = new List<(string, Figure)>();
        List<IGrouping<string, ResultRow>> groups = [.. table.Rows.GroupBy(row => OtherAxes(table.Axes, row, load))];
        foreach ((string file, string title, string axis, (string Metric, string Statistic)[] lines, bool log) in Kinds)
        {
            for (int group = 0; group < groups.Count; group++)
            {
                ResultRow[] rows = [.. groups[group]];
                IEnumerable<Series> series = lines.SelectMany(line => policies.Select((policy, colour) => new Series(
                    policy, line.Statistic, colour, line != lines[0], Points(rows.Where(row => row.Policy == policy), load, line.Metric))));
                Series[] drawn = [.. series.Where(one => one.Points.Count > 0)];
                if (drawn.Length > 0)
                {
                    string where = groups[group].Key.Length > 0 ? $"{title} ({groups[group].Key})" : title;
                    string name = groups.Count > 1 ? $"{file}-{group + 1}" : file;
                    figures.Add((name, new Figure(where, new FigureAxis(loadTitle, IsWide(rows, load)), new FigureAxis(axis, log), drawn)));
                }
            }
        }
        return figures;
    }

    private static (string, string, string, (string, string)[], bool) Latency(string family, string title, string axis) =>
        ($"{family}", title, axis, [(MetricNames.Percentile(family, "50"), "p50"), (MetricNames.Percentile(family, "99"), "p99")], true);

    private static FigurePoint[] Points(IEnumerable<ResultRow> rows, int load, string metric)
    {
        var points = new List<FigurePoint>();
        foreach (ResultRow row in rows)
        {
            if (row.Estimate(metric) is { } estimate)
            {
                points.Add(new FigurePoint(Load(row, load), estimate.Mean, estimate.Low, estimate.High));
            }
        }
        return [.. points.OrderBy(point => point.X)];
    }

    private static bool IsWide(ResultRow[] rows, int load) => rows.Max(row => Load(row, load)) >= WideRange * rows.Min(row => Load(row, load));

    private static double Load(ResultRow row, int load) => double.Parse(row.AxisValues[load], CultureInfo.InvariantCulture);

    private static string OtherAxes(IReadOnlyList<string> axes, ResultRow row, int load) =>
        string.Join(", ", axes.Select((axis, index) => index == load ? "" : $"{axis}={row.AxisValues[index]}").Where(text => text.Length > 0));
}
