using Cortex.Experiments.Results;
using Cortex.Serving;

namespace Cortex.Experiments.Figures.Charts;

/// <summary>What the time of the average workflow goes into, a panel a load, a bar a policy.</summary>
internal static class BlameCharts
{
    private const int MostPanels = 6;

    public static IEnumerable<FigureSection> Of(ChartData data)
    {
        (string, Figure)[] variants = [.. data.Groups.Select(group => (group.Label, Draw(data, group.Label, group.Rows))).Where(one => one.Item2.Panels.Count > 0)];
        if (variants.Length > 0)
        {
            yield return new FigureSection("Where the time of workflows goes", variants);
        }
    }

    /// <summary>Those of the parts that some workflow spent time in, each with its style, the same in all figures.</summary>
    internal static IEnumerable<(string Name, int Index, SeriesStyle Style)> Parts(Mark mark, Func<int, bool> hasAny) =>
        WorkflowBlame.Parts.Index().Where(part => hasAny(part.Index)).Select(part => (part.Item, part.Index, new SeriesStyle(mark, Palette.Part(part.Index))));

    private static Figure Draw(ChartData data, string label, ResultRow[] rows)
    {
        IReadOnlyList<string> values = data.SomeOfX(rows, MostPanels);
        Panel[] panels = [.. values
            .Select(x => new Panel(values.Count > 1 ? $"{data.XName} {x}" : "", Bars(data, rows, [.. rows.Where(row => data.XText(row) == x)])))
            .Where(panel => panel.Series.Count > 0)];
        return new Figure(
            $"blame{FigureSection.Suffix(label)}",
            $"Where the time of workflows goes{(label.Length > 0 ? $" ({label})" : "")}",
            new FigureAxis("mean seconds on the critical path"),
            new FigureAxis("") { Categories = data.Policies },
            panels)
        {
            Note = "Finished workflows; the parts of a bar add up to their mean time.",
            Stamps = ChartData.StampsOf(rows),
        };
    }

    private static Series[] Bars(ChartData data, ResultRow[] all, ResultRow[] rows) =>
    [
        .. Parts(Mark.Bars, part => all.Any(row => Seconds(row, part) > 0))
            .Select(part => new Series(part.Name, "", part.Style, [.. rows
                .Where(row => Seconds(row, part.Index) is not null)
                .Select(row => new FigurePoint(Seconds(row, part.Index)!.Value, data.Policies.ToList().IndexOf(row.Policy)))
                .OrderBy(point => point.Y)]))
            .Where(series => series.Points.Count > 0),
    ];

    private static double? Seconds(ResultRow row, int part) => row.Estimate($"blame_{WorkflowBlame.Parts[part]}_mean_s")?.Mean;
}
