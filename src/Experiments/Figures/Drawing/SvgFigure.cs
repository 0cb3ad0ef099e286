namespace Cortex.Experiments.Figures.Drawing;

/// <summary>
/// Draws a <see cref="Figure"/> as a stand-alone SVG: title, legend, panels in rows with a light grid, note. Each series is a group with its
/// name, statistic and points as data, which is what a page's script works with.
/// </summary>
public static class SvgFigure
{
    internal const double FontSize = 12;
    internal const double LineWidth = 1.75;
    internal const double FrontWidth = 4;
    internal const string Ink = "#1a1a1a";
    internal const string Faint = "#5c5c5c";

    private const double TitleSize = 14;
    private const double NoteSize = 10;
    private const double Edge = 12;
    private const double LeastPanelGap = 22;
    private const double PanelTitle = 20;
    private const double TickLabels = 22;
    private const double MostLabelWidth = 140;

    public static string Text(Figure figure)
    {
        int columns = Columns(figure.Panels.Count);
        int rows = (figure.Panels.Count + columns - 1) / columns;
        (double width, double height) = PanelSize(figure, columns);
        AxisScale x = FigureScales.X(figure, width);
        AxisScale y = FigureScales.Y(figure, height);
        bool hasTitleY = figure.Y.Title.Length > 0;
        double left = Edge + (hasTitleY ? FontSize + 10 : 0) + Math.Min(MostLabelWidth, y.Ticks.Max(tick => TextWidth.Of(tick.Label, FontSize))) + 8;
        (double before, double behind) = Overhang(x, width);
        double gap = Math.Max(LeastPanelGap, before + behind + 8);
        double total = Math.Ceiling(left + columns * width + (columns - 1) * gap + Edge + Math.Max(8, behind - 8));
        List<string> title = TextWidth.Wrap(figure.Title, TitleSize, (total - 2 * Edge) / 1.08);
        List<string> note = TextWidth.Wrap(figure.SmallPrint, NoteSize, total - 2 * Edge);
        var legend = new LegendLayout(figure, total - 2 * Edge);
        bool hasPanelTitles = figure.Panels.Any(panel => panel.Title.Length > 0);
        double head = Edge + title.Count * 18 + 4 + legend.Height + (hasPanelTitles ? 4 : 10);
        double row = (hasPanelTitles ? PanelTitle : 0) + height + TickLabels;
        double bottom = head + rows * row + (rows - 1) * 6;
        var canvas = new SvgCanvas(figure.Name, total, Math.Ceiling(bottom + 20 + (note.Count > 0 ? 6 + note.Count * 13 : 0) + 6), figure.Title);
        Write(canvas, title, Edge, Edge + 12, 18, TitleSize, bold: true);
        legend.Draw(canvas, Edge, Edge + title.Count * 18 + 4);
        for (int index = 0; index < figure.Panels.Count; index++)
        {
            double top = head + index / columns * (row + 6) + (hasPanelTitles ? PanelTitle : 0);
            var box = new Box(left + index % columns * (width + gap), top, width, height);
            var axes = new PanelAxes(canvas, x, y, box);
            axes.Draw(figure.Panels[index].Title, withLabels: index % columns == 0, MostLabelWidth);
            new PanelMarks(canvas, figure, axes, $"{figure.Name}-clip-{index}").Draw(figure.Panels[index]);
        }
        canvas.Write(left + (total - left - Edge - 8) / 2, bottom + 14, figure.X.Title, "middle", FontSize);
        if (hasTitleY)
        {
            double middle = head + (rows * row + (rows - 1) * 6 - TickLabels) / 2;
            canvas.Write(Edge + FontSize - 2, middle, figure.Y.Title, "middle", FontSize, upwards: true);
        }
        Write(canvas, note, Edge, bottom + 32, 13, NoteSize, bold: false);
        return canvas.Finish();
    }

    /// <summary>How far labels below a panel stick out to its left and right.</summary>
    private static (double Before, double Behind) Overhang(AxisScale x, double width) => (
        x.Ticks.Max(tick => TextWidth.Of(tick.Label, FontSize) / 2 - width * x.Map(tick.Value)),
        x.Ticks.Max(tick => TextWidth.Of(tick.Label, FontSize) / 2 - width * (1 - x.Map(tick.Value))));

    /// <summary>Two rows of two rather than three and one.</summary>
    private static int Columns(int panels) => panels switch { 1 => 1, 2 or 4 => 2, _ => 3 };

    private static (double Width, double Height) PanelSize(Figure figure, int columns)
    {
        (double width, double height) = columns switch { 1 => (440, 280), 2 => (272, 200), _ => (190, 165) };
        return (width, figure.Y.Categories.Count > 0 ? Math.Max(40, 26 * figure.Y.Categories.Count) : height);
    }

    private static void Write(SvgCanvas canvas, List<string> lines, double x, double y, double lineHeight, double size, bool bold)
    {
        foreach (string line in lines)
        {
            canvas.Write(x, y, line, "start", size, bold, colour: bold ? Ink : Faint);
            y += lineHeight;
        }
    }
}
