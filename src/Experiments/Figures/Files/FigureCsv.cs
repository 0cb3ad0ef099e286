using System.Text;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Figures.Drawing;
using Cortex.Experiments.Results;

namespace Cortex.Experiments.Figures.Files;

/// <summary>The data of a figure, beside it: a row a point. A name on an axis stands for itself; stacked parts have their ends. The last column says how far times can be trusted.</summary>
public static class FigureCsv
{
    /// <summary>Where the columns of numbers stand, from 1 as gnuplot counts.</summary>
    internal const int X = 4, Y = 5, YLow = 6, YHigh = 7, XLow = 8, XHigh = 9, From = 10, To = 11;

    public static string Text(Figure figure)
    {
        var text = new StringBuilder(CsvText.Line(["panel", "series", "statistic", figure.X.Title, Title(figure.Y), "y_ci_low", "y_ci_high", "x_ci_low", "x_ci_high", "from", "to", CostStamp.Key]));
        string qualification = CostStamp.WordFor(figure.Stamps);
        foreach (Panel panel in figure.Panels)
        {
            Dictionary<(Series, FigurePoint), (double From, double To)> parts = [];
            foreach ((Series series, FigurePoint point, double from, double to) in Stack.Parts(panel, Mark.Bars).Concat(Stack.Parts(panel, Mark.Columns)))
            {
                parts[(series, point)] = (from, to);
            }
            foreach (Series series in panel.Series)
            {
                foreach (FigurePoint point in series.Points)
                {
                    (double From, double To)? part = parts.TryGetValue((series, point), out (double, double) ends) ? ends : null;
                    text.Append(CsvText.Line([
                        panel.Title, series.Name, series.Statistic, CsvText.Number(point.X), Value(figure.Y, point.Y),
                        CsvText.Number(point.Low), CsvText.Number(point.High), CsvText.Number(point.XLow), CsvText.Number(point.XHigh),
                        CsvText.Number(part?.From), CsvText.Number(part?.To), qualification]));
                }
            }
        }
        return text.ToString();
    }

    private static string Title(FigureAxis axis) => axis.Title.Length > 0 ? axis.Title : "category";

    private static string Value(FigureAxis axis, double value) => axis.Categories.Count > 0 ? axis.Categories[(int)value] : CsvText.Number(value);
}
