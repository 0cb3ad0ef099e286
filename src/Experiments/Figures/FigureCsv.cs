using System.Text;
using Cortex.Experiments.Results;

namespace Cortex.Experiments.Figures;

/// <summary>The data of a figure, beside it: a row a point.</summary>
public static class FigureCsv
{
    public static string Text(Figure figure)
    {
        var text = new StringBuilder(CsvText.Line(["series", "statistic", figure.X.Title, figure.Y.Title, "ci_low", "ci_high"]));
        foreach (Series series in figure.Series)
        {
            foreach (FigurePoint point in series.Points)
            {
                text.Append(CsvText.Line([
                    series.Name, series.Statistic, CsvText.Number(point.X), CsvText.Number(point.Y), CsvText.Number(point.Low), CsvText.Number(point.High)]));
            }
        }
        return text.ToString();
    }
}
