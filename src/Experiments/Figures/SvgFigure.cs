namespace Cortex.Experiments.Figures;

/// <summary>Draws a <see cref="Figure"/> as a stand-alone SVG: light grid, capped bars for intervals, legend outside of the plot.</summary>
public static class SvgFigure
{
    private const double PlotWidth = 470;
    private const double PlotHeight = 320;
    private const double Top = 44;
    private const double Bottom = 56;
    private const double Gap = 8;
    private const double LegendRow = 20;
    private const double LegendKey = 34;
    private const string Grid = "#e4e4e4";
    private const string Frame = "#1a1a1a";

    public static string Text(Figure figure)
    {
        AxisScale x = Scale(figure.X, figure, point => [point.X], endsOnTick: false);
        AxisScale y = Scale(figure.Y, figure, point => [point.Y, point.Low, point.High], endsOnTick: true);
        double left = 18 + SvgCanvas.FontSize + 2 * Gap + y.Ticks.Max(tick => SvgCanvas.WidthOf(tick.Label));
        List<Series> named = [.. figure.Series.DistinctBy(series => series.Name)];
        List<Series> kinds = [.. figure.Series.DistinctBy(series => series.Statistic)];
        IEnumerable<string> entries = named.Select(series => series.Name).Concat(kinds.Select(series => series.Statistic));
        double legend = LegendKey + entries.Select(text => SvgCanvas.WidthOf(text)).DefaultIfEmpty(0).Max();
        double width = left + PlotWidth + 3 * Gap + legend + Gap;
        var canvas = new SvgCanvas(Math.Ceiling(width), Top + PlotHeight + Bottom, figure.Title);
        var plot = new Plot(canvas, x, y, left);
        canvas.Text(left, Top - 18, figure.Title, "start", 14, bold: true);
        plot.DrawAxes(figure);
        canvas.BeginClip(left, Top, PlotWidth, PlotHeight);
        foreach (Series series in figure.Series)
        {
            plot.DrawIntervals(series);
        }
        canvas.EndClip();
        foreach (Series series in figure.Series)
        {
            plot.DrawLine(series);
        }
        DrawLegend(canvas, named, kinds, left + PlotWidth + 3 * Gap);
        return canvas.Finish();
    }

    /// <summary>
    /// The range of all values drawn. Intervals widen it, but by no more than a factor of two beyond the points: few repetitions give intervals
    /// that would flatten everything else; what goes beyond is cut at the frame.
    /// </summary>
    private static AxisScale Scale(FigureAxis axis, Figure figure, Func<FigurePoint, double?[]> values, bool endsOnTick)
    {
        FigurePoint[] points = [.. figure.Series.SelectMany(series => series.Points)];
        double[] centres = [.. points.Select(point => values(point)[0]!.Value).Where(value => !axis.Log || value > 0)];
        if (centres.Length == 0)
        {
            return AxisScale.Of(axis.Log, 1, 10, endsOnTick);
        }
        double low = centres.Min();
        double high = centres.Max();
        foreach (double value in points.SelectMany(point => values(point)[1..]).OfType<double>())
        {
            if (value > 0 || !axis.Log)
            {
                low = Math.Min(low, Math.Max(value, centres.Min() / 2));
                high = Math.Max(high, Math.Min(value, centres.Max() * 2));
            }
        }
        return AxisScale.Of(axis.Log, low, high, endsOnTick);
    }

    private static void DrawLegend(SvgCanvas canvas, List<Series> named, List<Series> kinds, double x)
    {
        double y = Top + 10;
        foreach (Series series in named)
        {
            string colour = Palette.Colour(series.Colour);
            canvas.Polyline([(x, y), (x + 24, y)], colour, dashed: false);
            canvas.Marker(x + 12, y, series.Colour, colour, hollow: false);
            canvas.Text(x + LegendKey, y + 4, series.Name, "start");
            y += LegendRow;
        }
        y += Gap;
        foreach (Series series in kinds)
        {
            canvas.Polyline([(x, y), (x + 24, y)], Frame, series.Dashed);
            canvas.Text(x + LegendKey, y + 4, series.Statistic, "start");
            y += LegendRow;
        }
    }

    private sealed class Plot(SvgCanvas canvas, AxisScale x, AxisScale y, double left)
    {
        public void DrawAxes(Figure figure)
        {
            foreach (Tick tick in y.Ticks)
            {
                double at = Y(tick.Value);
                canvas.Line(left, at, left + PlotWidth, at, Grid, 1);
                canvas.Line(left - 4, at, left, at, Frame, 1);
                canvas.Text(left - Gap, at + 4, tick.Label, "end");
            }
            foreach (Tick tick in x.Ticks)
            {
                double at = X(tick.Value);
                canvas.Line(at, Top, at, Top + PlotHeight, Grid, 1);
                canvas.Line(at, Top + PlotHeight, at, Top + PlotHeight + 4, Frame, 1);
                canvas.Text(at, Top + PlotHeight + 18, tick.Label, "middle");
            }
            canvas.Line(left, Top, left, Top + PlotHeight, Frame, 1);
            canvas.Line(left, Top + PlotHeight, left + PlotWidth, Top + PlotHeight, Frame, 1);
            canvas.Text(left + PlotWidth / 2, Top + PlotHeight + 42, figure.X.Title, "middle");
            canvas.Text(18, Top + PlotHeight / 2, figure.Y.Title, "middle", upwards: true);
        }

        public void DrawIntervals(Series series)
        {
            string colour = Palette.Colour(series.Colour);
            foreach (FigurePoint point in series.Points)
            {
                if (point.Low is not { } low || point.High is not { } high || !IsDrawn(point))
                {
                    continue;
                }
                double at = X(point.X);
                double bottom = Foot(low);
                double top = Y(high);
                canvas.Line(at, bottom, at, top, colour, 1);
                canvas.Line(at - 3, top, at + 3, top, colour, 1);
                canvas.Line(at - 3, bottom, at + 3, bottom, colour, 1);
            }

            // An interval that reaches below a logarithmic axis ends out of sight.
            double Foot(double low) => double.IsFinite(y.Map(low)) ? Y(low) : Top + PlotHeight + 20;
        }

        public void DrawLine(Series series)
        {
            string colour = Palette.Colour(series.Colour);
            (double X, double Y)[] points = [.. series.Points.Where(IsDrawn).Select(point => (X(point.X), Y(point.Y)))];
            canvas.Polyline(points, colour, series.Dashed);
            foreach ((double pointX, double pointY) in points)
            {
                canvas.Marker(pointX, pointY, series.Colour, colour, series.Dashed);
            }
        }

        private bool IsDrawn(FigurePoint point) => double.IsFinite(x.Map(point.X)) && double.IsFinite(y.Map(point.Y));

        private double X(double value) => left + PlotWidth * x.Map(value);

        private double Y(double value) => Top + PlotHeight * (1 - y.Map(value));
    }
}
