using Cortex.Experiments.Cells;
using Cortex.Experiments.Results;
using Cortex.Experiments.Statistics;

namespace Cortex.Experiments.Figures.Charts;

/// <summary>
/// Over the load: throughput and goodput; time to first token, per output token and of a workflow at p50, p90 and p99; hit rate by tier.
/// </summary>
internal static class LoadCharts
{
    // A logarithmic axis is for values that span more than this; below it, lengths should read as what they are.
    private const double WideRange = 8;

    private static readonly Chart[] Charts =
    [
        new("throughput", "Throughput", "calls per second", MayBeLog: false, [new(MetricNames.CallsPerSecond, "finished"), new(MetricNames.Goodput, "within the SLO")]),
        Latency(MetricNames.Ttft, "time to first token"),
        Latency(MetricNames.Tpot, "time per output token"),
        Latency(MetricNames.Workflow, "workflow time"),
        new("hit-rate", "Prefix cache hits by tier", "share of prompt tokens", MayBeLog: false, [new(MetricNames.HitRate, "HBM")]),
    ];

    /// <summary>A figure without a single point is left out.</summary>
    public static IEnumerable<FigureSection> Of(ChartData data)
    {
        foreach (Chart chart in Charts)
        {
            (string, Figure)[] variants = [.. data.Groups.Select(group => (group.Label, Draw(data, chart, group.Label, group.Rows))).Where(one => one.Item2.Panels.Count > 0)];
            if (variants.Length > 0)
            {
                yield return new FigureSection($"{chart.Title} against {data.XName}", variants);
            }
        }
    }

    private static Figure Draw(ChartData data, Chart chart, string label, ResultRow[] rows)
    {
        Panel[] panels = [.. chart.Lines
            .Select(line => new Panel(line.Title, Lines(data, rows, line)))
            .Where(panel => panel.Series.Count > 0)];
        // Without bounds all calls are within them: a second panel would show the first again.
        panels = panels.Length == 2 && SamePoints(panels[0], panels[1]) ? panels[..1] : panels;
        FigurePoint[] points = [.. panels.SelectMany(panel => panel.Series).SelectMany(series => series.Points)];
        string weak = points.Any(point => point.IsWeak) ? " Hollow: too few samples for this percentile." : "";
        return new Figure(
            chart.File + FigureSection.Suffix(label),
            $"{chart.Title} against {data.XName}{(label.Length > 0 ? $" ({label})" : "")}",
            new FigureAxis(data.XTitle, IsWide(points.Select(point => point.X))),
            new FigureAxis(chart.Unit, chart.MayBeLog && IsWide(points.Select(point => point.Y))),
            panels)
        {
            Note = (data.RepetitionNote(points) + weak).Trim(),
            Stamps = ChartData.StampsOf(rows),
        };
    }

    private static Series[] Lines(ChartData data, ResultRow[] rows, Line line) =>
    [
        .. data.Policies
            .Select(policy => new Series(policy, line.Title, data.Style(policy, Mark.Line), Points(data, rows.Where(row => row.Policy == policy), line.Metric)))
            .Where(series => series.Points.Count > 0),
    ];

    private static FigurePoint[] Points(ChartData data, IEnumerable<ResultRow> rows, string metric)
    {
        var points = new List<FigurePoint>();
        foreach (ResultRow row in rows)
        {
            if (row.Estimate(metric) is { } estimate)
            {
                points.Add(new(data.X(row), estimate.Mean, estimate.Low, estimate.High) { IsWeak = row.HasTooFew(metric) });
            }
        }
        return [.. points.OrderBy(point => point.X)];
    }

    private static bool SamePoints(Panel left, Panel right) =>
        left.Series.SelectMany(series => series.Points).SequenceEqual(right.Series.SelectMany(series => series.Points));

    private static bool IsWide(IEnumerable<double> values)
    {
        double[] positive = [.. values.Where(value => value > 0)];
        return positive.Length > 0 && positive.Max() > WideRange * positive.Min();
    }

    private static Chart Latency(string family, string name) => new(
        family, $"{char.ToUpperInvariant(name[0])}{name[1..]}", $"{name} (s)", MayBeLog: true,
        [.. new[] { "50", "90", "99" }.Select(percentile => new Line(MetricNames.Percentile(family, percentile), $"p{percentile}"))]);

    /// <param name="Unit">Title of the vertical axis.</param>
    /// <param name="Lines">A panel each.</param>
    private sealed record Chart(string File, string Title, string Unit, bool MayBeLog, IReadOnlyList<Line> Lines);

    private sealed record Line(string Metric, string Title);
}
