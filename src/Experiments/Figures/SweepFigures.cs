using System.Globalization;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Experiments.Results;
using Cortex.Experiments.Statistics;

namespace Cortex.Experiments.Figures;

/// <summary>
/// The figures of a sweep, over the load: throughput and goodput; time to first token, per output token and of a workflow; hit rate. Other axes
/// than the load give one set of figures for each of their points.
/// </summary>
public static class SweepFigures
{
    // A logarithmic axis is for values that span more than this; below it, lengths should read as what they are.
    private const double WideRange = 8;

    private static readonly Kind[] Kinds =
    [
        new("throughput", "Throughput", "calls per second", false,
            [new(MetricNames.CallsPerSecond, "finished"), new(MetricNames.Goodput, "within the SLO")]),
        Latency(MetricNames.Ttft, "time to first token"),
        Latency(MetricNames.Tpot, "time per output token"),
        Latency(MetricNames.Workflow, "workflow time"),
        new("hit-rate", "Prefix cache hits", "share of prompt tokens", false, [new(MetricNames.HitRate, "hit at first schedule-in")]),
    ];

    /// <summary>File name without its ending, and figure. A figure without a single point is left out.</summary>
    /// <param name="loadTitle">Title of the load's axis, with its unit.</param>
    public static IReadOnlyList<(string File, Figure Figure)> Of(ResultTable table, string loadTitle)
    {
        int load = table.Axes.ToList().IndexOf(ExperimentLoader.LoadAxis);
        string[] policies = [.. table.Rows.Select(row => row.Policy).Distinct()];
        List<IGrouping<string, ResultRow>> groups = [.. table.Rows.GroupBy(row => OtherAxes(table.Axes, row, load))];
        var figures = new List<(string, Figure)>();
        foreach (Kind kind in Kinds)
        {
            for (int group = 0; group < groups.Count; group++)
            {
                ResultRow[] rows = [.. groups[group]];
                Series[] series = [.. kind.Lines.SelectMany(line => policies.Select((policy, colour) => new Series(
                    policy, line.Statistic, colour, line != kind.Lines[0], Points(rows.Where(row => row.Policy == policy), load, line.Metric))))];
                series = [.. series.Where(one => one.Points.Count > 0)];
                if (series.Length > 0)
                {
                    string title = $"{kind.Title} against load" + (groups[group].Key.Length > 0 ? $" ({groups[group].Key})" : "");
                    var x = new FigureAxis(loadTitle, IsWide(series, point => point.X));
                    var y = new FigureAxis(kind.Unit, kind.MayBeLog && IsWide(series, point => point.Y));
                    var figure = new Figure(title, x, y, series);
                    figures.Add((groups.Count > 1 ? $"{kind.File}-{group + 1}" : kind.File, figure));
                }
            }
        }
        return figures;
    }

    private static Kind Latency(string family, string name) => new(
        family, $"{char.ToUpperInvariant(name[0])}{name[1..]}", $"{name} (s)", true,
        [new(MetricNames.Percentile(family, "50"), "p50"), new(MetricNames.Percentile(family, "99"), "p99")]);

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

    private static bool IsWide(Series[] series, Func<FigurePoint, double> value)
    {
        double[] values = [.. series.SelectMany(one => one.Points).Select(value).Where(number => number > 0)];
        return values.Length > 0 && values.Max() > WideRange * values.Min();
    }

    private static double Load(ResultRow row, int load) => double.Parse(row.AxisValues[load], CultureInfo.InvariantCulture);

    private static string OtherAxes(IReadOnlyList<string> axes, ResultRow row, int load) =>
        string.Join(", ", axes.Select((axis, index) => index == load ? "" : $"{axis}={row.AxisValues[index]}").Where(text => text.Length > 0));

    /// <param name="Unit">Title of the vertical axis.</param>
    private sealed record Kind(string File, string Title, string Unit, bool MayBeLog, IReadOnlyList<Line> Lines);

    private sealed record Line(string Metric, string Statistic);
}
