using Cortex.Experiments.Cells;
using Cortex.Experiments.Details;
using Cortex.Experiments.Results;
using Cortex.Experiments.Statistics;

namespace Cortex.Experiments.Figures.Charts;

/// <summary>How large a share takes longer than a time (log 1 − F), a panel a load, with the band of the quantiles' intervals over the repetitions.</summary>
internal static class TailCharts
{
    private const int MostPanels = 6;

    private static readonly (string Family, string Name, string Of)[] Families =
        [(MetricNames.Ttft, "time to first token", "calls"), (MetricNames.Tpot, "time per output token", "calls"), (MetricNames.Workflow, "workflow time", "workflows")];

    public static IEnumerable<FigureSection> Of(ChartData data)
    {
        foreach ((string family, string name, string of) in Families)
        {
            (string, Figure)[] variants = [.. data.Groups
                .Select(group => (group.Label, Draw(data, family, name, of, group.Label, group.Rows)))
                .Where(one => one.Item2.Panels.Count > 0)];
            if (variants.Length > 0)
            {
                yield return new FigureSection($"Tail of the {name}", variants);
            }
        }
    }

    private static Figure Draw(ChartData data, string family, string name, string of, string label, ResultRow[] rows)
    {
        IReadOnlyList<string> values = data.SomeOfX(rows, MostPanels);
        Panel[] panels = [.. values
            .Select(x => new Panel(values.Count > 1 ? $"{data.XName} {x}" : "", Curves(data, family, rows.Where(row => data.XText(row) == x))))
            .Where(panel => panel.Series.Count > 0)];
        return new Figure(
            $"tail-{family}{FigureSection.Suffix(label)}",
            $"Tail of the {name}{(label.Length > 0 ? $" ({label})" : "")}",
            new FigureAxis($"{name} (s)", Log: true),
            new FigureAxis($"share of {of} that take longer", Log: true),
            panels)
        {
            Note = $"{data.RepetitionNote(panels.SelectMany(panel => panel.Series).SelectMany(series => series.Points))} A curve ends where too few samples bound its quantile.".Trim(),
            Stamps = ChartData.StampsOf(rows),
        };
    }

    private static Series[] Curves(ChartData data, string family, IEnumerable<ResultRow> rows) =>
    [
        .. rows.Select(row => new Series(row.Policy, "", data.Style(row.Policy, Mark.Curve), Points([.. data.DetailsOf(row)
            .Select(detail => detail.Tails.GetValueOrDefault(family)).OfType<TailCurve>()])))
            .Where(series => series.Points.Count > 1),
    ];

    private static FigurePoint[] Points(TailCurve[] repetitions)
    {
        var points = new List<FigurePoint>();
        for (int level = 0; level < TailCurve.Shares.Count && repetitions.Length > 0; level++)
        {
            double share = TailCurve.Shares[level];
            if (repetitions.Min(tail => tail.Samples) < TailSamples.Needed(100 * (1 - share)))
            {
                break;
            }
            Interval time = MeanInterval.Of([.. repetitions.Select(tail => tail.Seconds[level])])!.Value;
            points.Add(new(time.Mean, share) { XLow = time.Low, XHigh = time.High });
        }
        return [.. points];
    }
}
