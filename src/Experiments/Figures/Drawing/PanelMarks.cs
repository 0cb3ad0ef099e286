using System.Globalization;

namespace Cortex.Experiments.Figures.Drawing;

/// <summary>Draws what a panel shows: intervals first, cut off at the frame, then what is certain.</summary>
internal sealed class PanelMarks(SvgCanvas canvas, Figure figure, PanelAxes axes, string clip)
{
    private const double CapLength = 3;
    private const double BandOpacity = 0.18;
    private const double BarShare = 0.72;

    public void Draw(Panel panel)
    {
        canvas.Clip(clip, axes.Box);
        foreach (Series series in panel.Series)
        {
            List<FigurePoint> shown = [.. series.Points.Where(axes.CanShow)];
            canvas.BeginGroup(("class", "series"), ("data-series", series.Name), ("data-statistic", series.Statistic), ("data-points", PointData(panel, series, shown)));
            switch (series.Style.Mark)
            {
                case Mark.Line:
                    Intervals(series, shown);
                    Line(series, shown);
                    break;
                case Mark.Curve:
                    Band(series, shown);
                    Clipped(() => canvas.Polyline(shown.Select(Place), series.Style.Colour, SvgFigure.LineWidth, series.Style.Dashed));
                    break;
                case Mark.Front:
                    canvas.Polyline(Staircase(shown), series.Style.Colour, SvgFigure.FrontWidth, series.Style.Dashed);
                    break;
                default:
                    Stacked(panel, series);
                    break;
            }
            canvas.EndGroup();
        }
    }

    private void Line(Series series, List<FigurePoint> points)
    {
        canvas.Polyline(points.Select(Place), series.Style.Colour, SvgFigure.LineWidth, series.Style.Dashed);
        foreach (FigurePoint point in points)
        {
            (double x, double y) = Place(point);
            canvas.Marker(x, y, series.Style.Marker, series.Style.Colour, hollow: point.IsWeak, PointText.Full(figure, series, point));
        }
    }

    private void Intervals(Series series, List<FigurePoint> points)
    {
        if (!points.Any(point => point.Low is not null || point.XLow is not null))
        {
            return;
        }
        Clipped(() =>
        {
            foreach (FigurePoint point in points)
            {
                (double x, double y) = Place(point);
                if (point is { Low: { } low, High: { } high })
                {
                    (double bottom, double top) = (axes.HeldY(low), axes.HeldY(high));
                    canvas.Line(x, bottom, x, top, series.Style.Colour);
                    canvas.Line(x - CapLength, top, x + CapLength, top, series.Style.Colour);
                    canvas.Line(x - CapLength, bottom, x + CapLength, bottom, series.Style.Colour);
                }
                if (point is { XLow: { } left, XHigh: { } right })
                {
                    (double from, double to) = (axes.HeldX(left), axes.HeldX(right));
                    canvas.Line(from, y, to, y, series.Style.Colour);
                    canvas.Line(from, y - CapLength, from, y + CapLength, series.Style.Colour);
                    canvas.Line(to, y - CapLength, to, y + CapLength, series.Style.Colour);
                }
            }
        });
    }

    private void Band(Series series, List<FigurePoint> points)
    {
        List<FigurePoint> upright = [.. points.Where(point => point is { Low: not null, High: not null })];
        List<FigurePoint> level = [.. points.Where(point => point is { XLow: not null, XHigh: not null })];
        IEnumerable<(double X, double Y)> there = upright.Count > 1
            ? upright.Select(point => (axes.X(point.X), axes.HeldY(point.Low!.Value)))
            : level.Select(point => (axes.HeldX(point.XLow!.Value), axes.Y(point.Y)));
        IEnumerable<(double X, double Y)> back = upright.Count > 1
            ? upright.Select(point => (axes.X(point.X), axes.HeldY(point.High!.Value)))
            : level.Select(point => (axes.HeldX(point.XHigh!.Value), axes.Y(point.Y)));
        if (upright.Count > 1 || level.Count > 1)
        {
            Clipped(() => canvas.Polygon([.. there, .. back.Reverse()], series.Style.Colour, BandOpacity));
        }
    }

    private void Stacked(Panel panel, Series series)
    {
        Mark mark = series.Style.Mark;
        double columnWidth = series.Points.Count > 1 ? axes.X(series.Points[1].X) - axes.X(series.Points[0].X) : axes.Box.Width;
        double rowHeight = BarShare * axes.Box.Height / Math.Max(1, figure.Y.Categories.Count);
        foreach ((Series of, FigurePoint point, double from, double to) in Stack.Parts(panel, mark))
        {
            if (of != series || to <= from)
            {
                continue;
            }
            string hint = PointText.Full(figure, series, point);
            if (mark == Mark.Bars)
            {
                canvas.Rectangle(axes.X(from), axes.Y(point.Y) - rowHeight / 2, axes.X(to) - axes.X(from), rowHeight, series.Style.Colour, hint);
            }
            else
            {
                canvas.Rectangle(axes.X(point.X) - columnWidth / 2, axes.Y(to), columnWidth, axes.Y(from) - axes.Y(to), series.Style.Colour, hint);
            }
        }
    }

    /// <summary>For each point where it lies, in pixels, and what to say of it.</summary>
    private string PointData(Panel panel, Series series, List<FigurePoint> shown)
    {
        IEnumerable<(double X, double Y, FigurePoint Point)> places = series.Style.Mark switch
        {
            Mark.Front => [],
            Mark.Bars => Stack.Parts(panel, Mark.Bars).Where(part => part.Series == series).Select(part => (axes.X((part.From + part.To) / 2), axes.Y(part.Point.Y), part.Point)),
            Mark.Columns => Stack.Parts(panel, Mark.Columns).Where(part => part.Series == series).Select(part => (axes.X(part.Point.X), axes.Y((part.From + part.To) / 2), part.Point)),
            _ => shown.Select(point => (axes.X(point.X), axes.HeldY(point.Y), point)),
        };
        return string.Join(';', places.Select(place =>
            string.Create(CultureInfo.InvariantCulture, $"{place.X:0.#} {place.Y:0.#} {PointText.Short(figure, place.Point)}")));
    }

    private IEnumerable<(double X, double Y)> Staircase(List<FigurePoint> points)
    {
        for (int index = 0; index < points.Count; index++)
        {
            (double x, double y) = Place(points[index]);
            if (index > 0)
            {
                yield return (axes.X(points[index - 1].X), y);
            }
            yield return (x, y);
        }
    }

    private void Clipped(Action draw)
    {
        canvas.BeginGroup(("clip-path", $"url(#{clip})"));
        draw();
        canvas.EndGroup();
    }

    private (double X, double Y) Place(FigurePoint point) => (axes.X(point.X), axes.Y(point.Y));
}
