namespace Cortex.Experiments.Figures.Drawing;

/// <summary>The scales that all panels of a figure share, from everything that is drawn in any of them.</summary>
internal static class FigureScales
{
    // Room between the labels of two ticks, in pixels.
    private const double Apart = 12;
    private const int MostTicks = 8;

    /// <param name="width">Pixels that a panel is wide.</param>
    public static AxisScale X(Figure figure, double width)
    {
        for (int most = MostTicks; ; most--)
        {
            AxisScale scale = Of(figure.X, figure, point => point.X, point => [point.XLow, point.XHigh], Mark.Bars, most);
            double asked = scale.Ticks.Sum(tick => TextWidth.Of(tick.Label, SvgFigure.FontSize) + Apart);
            if (asked <= width + Apart || most == 2)
            {
                return scale;
            }
        }
    }

    /// <param name="height">Pixels that a panel is high.</param>
    public static AxisScale Y(Figure figure, double height)
    {
        int most = Math.Clamp((int)(height / (2.2 * SvgFigure.FontSize)), 2, MostTicks);
        return Of(figure.Y, figure, point => point.Y, point => [point.Low, point.High], Mark.Columns, most);
    }

    /// <summary>
    /// The range of all values drawn. Intervals widen it, but by no more than a factor of two beyond the points: few repetitions give intervals
    /// that would flatten everything else; what goes beyond is cut at the frame.
    /// </summary>
    /// <param name="stacked">The mark that begins at 0 along this axis and is stacked.</param>
    private static AxisScale Of(
        FigureAxis axis, Figure figure, Func<FigurePoint, double> value, Func<FigurePoint, double?[]> bounds, Mark stacked, int mostTicks)
    {
        if (axis.Categories.Count > 0)
        {
            return new CategoryScale(axis.Categories);
        }
        bool isStacked = figure.Series.Any(series => series.Style.Mark == stacked);
        bool endsOnTick = isStacked || (stacked == Mark.Columns && axis.Range is null);
        if (axis.Range is { } range)
        {
            return AxisScale.Of(axis.Log, range.Low, range.High, endsOnTick: true, mostTicks);
        }
        double[] values = isStacked
            ? [0, .. figure.Panels.SelectMany(panel => Stack.Ends(panel, stacked))]
            : [.. figure.Series.SelectMany(series => series.Points).Select(value).Where(number => double.IsFinite(number) && (number > 0 || !axis.Log))];
        if (values.Length == 0)
        {
            return AxisScale.Of(axis.Log, 1, 10, endsOnTick, mostTicks);
        }
        double low = values.Min();
        double high = values.Max();
        if (!isStacked)
        {
            double[] ends = [.. figure.Series.SelectMany(series => series.Points).SelectMany(bounds).OfType<double>().Where(end => end > 0 || !axis.Log)];
            low = Math.Min(low, Math.Max(ends.Append(low).Min(), values.Min() / 2));
            high = Math.Max(high, Math.Min(ends.Append(high).Max(), values.Max() * 2));
        }
        return AxisScale.Of(axis.Log, low, high, endsOnTick, mostTicks);
    }
}
