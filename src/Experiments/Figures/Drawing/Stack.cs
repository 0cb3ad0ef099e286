namespace Cortex.Experiments.Figures.Drawing;

/// <summary>Where the parts of stacked bars and columns begin and end.</summary>
internal static class Stack
{
    /// <summary>Each part of each stacked series, in order.</summary>
    /// <param name="mark"><see cref="Mark.Bars"/> or <see cref="Mark.Columns"/>.</param>
    public static IEnumerable<(Series Series, FigurePoint Point, double From, double To)> Parts(Panel panel, Mark mark)
    {
        var reached = new SortedDictionary<double, double>();
        foreach (Series series in panel.Series.Where(series => series.Style.Mark == mark))
        {
            foreach (FigurePoint point in series.Points)
            {
                (double place, double length) = mark == Mark.Bars ? (point.Y, point.X) : (point.X, point.Y);
                double from = reached.GetValueOrDefault(place);
                reached[place] = from + length;
                yield return (series, point, from, from + length);
            }
        }
    }

    public static IEnumerable<double> Ends(Panel panel, Mark mark) => Parts(panel, mark).Select(part => part.To);
}
