using System.Globalization;
using System.Text;
using Cortex.Experiments.Figures.Drawing;

namespace Cortex.Experiments.Figures.Files;

/// <summary>
/// A gnuplot script that draws a figure from the CSV beside it, for who wants it in another shape: a paper's fonts, another size, other series.
/// </summary>
public static class GnuplotScript
{
    // gnuplot's point types that look like the markers of the SVG.
    private static readonly int[] PointTypes = [7, 5, 9, 13, 11, 15];

    private const double PanelWidth = 260;
    private const double FontSize = 12;

    public static string Text(Figure figure)
    {
        int columns = figure.Panels.Count switch { 1 => 1, 2 or 4 => 2, _ => 3 };
        int rows = (figure.Panels.Count + columns - 1) / columns;
        var text = new StringBuilder();
        text.Append($"# {OneLine(figure.Title)}\n# gnuplot {figure.Name}.gp  (5.4 or later), in this folder, writes {figure.Name}.gnuplot.svg\n");
        if (figure.SmallPrint.Length > 0)
        {
            text.Append($"# {OneLine(figure.SmallPrint)}\n");
        }
        text.Append($"data = {Quote($"{figure.Name}.csv")}\nset datafile separator ','\nset datafile missing NaN\n");
        text.Append($"set terminal svg size {260 + PanelWidth * columns},{120 + PanelWidth * rows} noenhanced font 'Helvetica,{FontSize}' background '#ffffff'\n");
        text.Append($"set output {Quote($"{figure.Name}.gnuplot.svg")}\nset grid lc rgb '#e4e4e4' lt 1\nset border 3\nset tics nomirror\nset key top left samplen 1 font ',9'\n");
        text.Append(Axis("x", figure.X, FigureScales.X(figure, PanelWidth))).Append(Axis("y", figure.Y, FigureScales.Y(figure, PanelWidth)));
        text.Append("of(p, s, t) = strcol(1) eq p && strcol(2) eq s && strcol(3) eq t\n");
        if (figure.Y.Categories.Count > 0)
        {
            string rowOf = string.Concat(figure.Y.Categories.Select((name, index) => $"strcol({FigureCsv.Y}) eq {Quote(name)} ? {index} : "));
            text.Append($"row(dummy) = {rowOf}NaN\n");
        }
        // What a reader must know of the figure, how far its times can be trusted above all, goes where the picture goes.
        string heading = string.Join(".\"\\n\".", TextWidth.Wrap(OneLine(figure.SmallPrint), FontSize, PanelWidth * (columns + 0.9)).Prepend(figure.Title).Select(Quote));
        text.Append($"set multiplot layout {rows},{columns} title {heading}\n");
        foreach (Panel panel in figure.Panels)
        {
            text.Append($"set title {Quote(panel.Title)}\n");
            text.Append(panel.Series.Count > 0 ? $"plot {string.Join(", \\\n     ", panel.Series.SelectMany(series => Clauses(panel, series)))}\n" : "set multiplot next\n");
        }
        return text.Append("unset multiplot\n").ToString();
    }

    private static string Axis(string letter, FigureAxis axis, AxisScale scale)
    {
        string text = $"set {letter}label {Quote(axis.Title)}\n";
        if (axis.Categories.Count > 0)
        {
            string names = string.Join(", ", axis.Categories.Select((name, index) => $"{Quote(name)} {index}"));
            return $"{text}set {letter}tics ({names})\nset {letter}range [{axis.Categories.Count - 0.5}:-0.5]\n";
        }
        string range = string.Create(CultureInfo.InvariantCulture, $"set {letter}range [{scale.Low:R}:{scale.High:R}]\n");
        return text + range + (axis.Log ? $"set logscale {letter}\n" : "");
    }

    private static IEnumerable<string> Clauses(Panel panel, Series series)
    {
        string chosen = $"of({Quote(panel.Title)}, {Quote(series.Name)}, {Quote(series.Statistic)})";
        string x = $"({chosen} ? ${FigureCsv.X} : NaN)";
        string title = $"title {Quote(series.Statistic.Length > 0 ? $"{series.Name}, {series.Statistic}" : series.Name)}";
        string colour = $"lc rgb '{series.Style.Colour}'";
        string dash = series.Style.Dashed ? " dt 2" : "";
        switch (series.Style.Mark)
        {
            case Mark.Line:
                // Below the markers, since they would leave a hole in them.
                foreach (string clause in Intervals(series, x, colour))
                {
                    yield return clause;
                }
                yield return $"data using {x}:{FigureCsv.Y} with linespoints {colour}{dash} lw 2 pt {PointTypes[series.Style.Marker % PointTypes.Length]} {title}";
                break;
            case Mark.Curve:
                yield return $"data using {x}:{FigureCsv.Y} with lines {colour}{dash} lw 2 {title}";
                break;
            case Mark.Front:
                yield return $"data using {x}:{FigureCsv.Y} with fsteps {colour} lw 4 {title}";
                break;
            case Mark.Bars:
                yield return $"data using ({chosen} ? ${FigureCsv.From} : NaN):(row(0)):{FigureCsv.From}:{FigureCsv.To}:(row(0) - 0.36):(row(0) + 0.36) with boxxyerror fs solid {colour} {title}";
                break;
            default:
                double half = series.Points.Count > 1 ? (series.Points[1].X - series.Points[0].X) / 2 : 0.5;
                string width = half.ToString("R", CultureInfo.InvariantCulture);
                yield return $"data using {x}:{FigureCsv.From}:(${FigureCsv.X} - {width}):(${FigureCsv.X} + {width}):{FigureCsv.From}:{FigureCsv.To} with boxxyerror fs solid {colour} {title}";
                break;
        }
    }

    private static IEnumerable<string> Intervals(Series series, string x, string colour)
    {
        if (series.Points.Any(point => point.Low is not null))
        {
            yield return $"data using {x}:{FigureCsv.Y}:{FigureCsv.YLow}:{FigureCsv.YHigh} with yerrorbars {colour} pt 0 notitle";
        }
        if (series.Points.Any(point => point.XLow is not null))
        {
            yield return $"data using {x}:{FigureCsv.Y}:{FigureCsv.XLow}:{FigureCsv.XHigh} with xerrorbars {colour} pt 0 notitle";
        }
    }

    private static string Quote(string text) => $"'{OneLine(text).Replace("'", "''", StringComparison.Ordinal)}'";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
