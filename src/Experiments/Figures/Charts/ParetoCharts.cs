using Cortex.Experiments.Cells;
using Cortex.Experiments.Results;

namespace Cortex.Experiments.Figures.Charts;

/// <summary>
/// What a policy can have at once: throughput against a latency, a point a {data.XName}, with the intervals of both; and the front of the points that none
/// other beats in both.
/// </summary>
internal static class ParetoCharts
{
    /// <summary>The front's name in the legend.</summary>
    public const string Front = "Pareto front";

    private const double WideRange = 8;

    private static readonly (string Family, string Name)[] Latencies = [(MetricNames.Ttft, "time to first token"), (MetricNames.Workflow, "workflow time")];

    public static IEnumerable<FigureSection> Of(ChartData data)
    {
        foreach ((string family, string name) in Latencies)
        {
            (string, Figure)[] variants = [.. data.Groups
                .Select(group => (group.Label, Draw(data, family, name, group.Label, group.Rows)))
                .Where(one => one.Item2.Panels[0].Series.Count > 0)];
            if (variants.Length > 0)
            {
                yield return new FigureSection($"Throughput and {name}: what can be had at once", variants);
            }
        }
    }

    private static Figure Draw(ChartData data, string family, string name, string label, ResultRow[] rows)
    {
        Series[] lines = [.. data.Policies
            .Select(policy => new Series(policy, "", data.Style(policy, Mark.Line), Points(data, rows.Where(row => row.Policy == policy), MetricNames.Percentile(family, "99"))))
            .Where(series => series.Points.Count > 0)];
        FigurePoint[] front = ParetoFront.Of([.. lines.SelectMany(series => series.Points)]);
        Series[] all = front.Length > 1 ? [new Series(Front, "", new SeriesStyle(Mark.Front, Palette.Neutral), front), .. lines] : lines;
        double[] latencies = [.. lines.SelectMany(series => series.Points).Select(point => point.Y).Where(value => value > 0)];
        bool log = latencies.Length > 0 && latencies.Max() > WideRange * latencies.Min();
        return new Figure(
            $"pareto-{family}{FigureSection.Suffix(label)}",
            $"Throughput and {name}, a point a {data.XName}{(label.Length > 0 ? $" ({label})" : "")}",
            new FigureAxis("finished calls per second"),
            new FigureAxis($"{name}, p99 (s)", log),
            [new Panel("", all)])
        {
            Note = $"Better is right and down. {data.RepetitionNote(lines.SelectMany(series => series.Points))}".Trim(),
            Stamps = ChartData.StampsOf(rows),
        };
    }

    private static FigurePoint[] Points(ChartData data, IEnumerable<ResultRow> rows, string metric)
    {
        var points = new List<FigurePoint>();
        foreach (ResultRow row in rows.OrderBy(data.X))
        {
            if (row.Estimate(MetricNames.CallsPerSecond) is { } throughput && row.Estimate(metric) is { } latency)
            {
                points.Add(new(throughput.Mean, latency.Mean, latency.Low, latency.High) { XLow = throughput.Low, XHigh = throughput.High });
            }
        }
        return [.. points];
    }
}
