namespace Cortex.Experiments.Figures.Drawing;

/// <summary>A key of the legend: a name with its colour, or, where a panel shows several statistics, one of them with its dash.</summary>
internal sealed record LegendEntry(string Text, SeriesStyle Style, bool IsStatistic)
{
    /// <summary>Names in order of appearance, then statistics if there are several in a panel.</summary>
    public static IEnumerable<LegendEntry> Of(Figure figure)
    {
        foreach (Series series in figure.Series.DistinctBy(series => series.Name))
        {
            yield return new(series.Name, series.Style with { Dashed = false }, IsStatistic: false);
        }
        List<Series> kinds = [.. figure.Series.DistinctBy(series => series.Style.Dashed)];
        foreach (Series series in kinds.Count > 1 ? kinds : [])
        {
            yield return new(series.Statistic, new(Mark.Curve, SvgFigure.Ink, Dashed: series.Style.Dashed), IsStatistic: true);
        }
    }
}
