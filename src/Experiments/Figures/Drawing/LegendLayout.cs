namespace Cortex.Experiments.Figures.Drawing;

/// <summary>The legend in rows as wide as the figure, so that no name is cut off however many there are.</summary>
internal sealed class LegendLayout
{
    public const double KeyWidth = 24;
    private const double RowHeight = 18;
    private const double KeyGap = 6;
    private const double EntryGap = 16;

    private readonly List<(LegendEntry Entry, double X, double Y, string Text)> places = [];

    /// <param name="width">Of the rows, in pixels.</param>
    public LegendLayout(Figure figure, double width)
    {
        double x = 0;
        double y = 0;
        foreach (LegendEntry entry in LegendEntry.Of(figure))
        {
            string text = TextWidth.Fit(entry.Text, SvgFigure.FontSize, width - KeyWidth - KeyGap);
            double asked = KeyWidth + KeyGap + TextWidth.Of(text, SvgFigure.FontSize);
            if (x > 0 && x + asked > width)
            {
                x = 0;
                y += RowHeight;
            }
            places.Add((entry, x, y, text));
            x += asked + EntryGap;
        }
        Height = places.Count > 0 ? y + RowHeight : 0;
    }

    public double Height { get; }

    /// <param name="left">Left end of the rows.</param>
    /// <param name="top">Top of the first row.</param>
    public void Draw(SvgCanvas canvas, double left, double top)
    {
        foreach ((LegendEntry entry, double x, double y, string text) in places)
        {
            double middle = top + y + RowHeight / 2;
            canvas.BeginGroup(("class", "legend"), (entry.IsStatistic ? "data-statistic" : "data-series", entry.Text));
            DrawKey(canvas, entry, left + x, middle);
            canvas.Write(left + x + KeyWidth + KeyGap, middle + 4, text, "start", SvgFigure.FontSize);
            canvas.EndGroup();
        }
    }

    private static void DrawKey(SvgCanvas canvas, LegendEntry entry, double x, double middle)
    {
        SeriesStyle style = entry.Style;
        if (style.Mark is Mark.Bars or Mark.Columns)
        {
            canvas.Rectangle(x + 6, middle - 6, 12, 12, style.Colour, "");
            return;
        }
        canvas.Polyline([(x, middle), (x + KeyWidth, middle)], style.Colour, style.Mark == Mark.Front ? SvgFigure.FrontWidth : SvgFigure.LineWidth, style.Dashed);
        if (style.Mark == Mark.Line)
        {
            canvas.Marker(x + KeyWidth / 2, middle, style.Marker, style.Colour, hollow: false, "");
        }
    }
}
