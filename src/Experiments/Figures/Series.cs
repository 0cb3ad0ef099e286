namespace Cortex.Experiments.Figures;

/// <summary>What belongs together in a panel.</summary>
/// <param name="Name">What it is of; series of one name share colour, marker and place in the legend.</param>
/// <param name="Statistic">What is drawn of it, such as <c>p99</c>.</param>
/// <param name="Points">In order of X; of <see cref="Mark.Bars"/> in order of Y.</param>
public sealed record Series(string Name, string Statistic, SeriesStyle Style, IReadOnlyList<FigurePoint> Points);

/// <param name="Low">Lower end of the interval of Y; null is none.</param>
/// <param name="High">Upper end of the interval of Y; null is none.</param>
public readonly record struct FigurePoint(double X, double Y, double? Low = null, double? High = null)
{
    /// <summary>Too few samples stand behind it to trust it: drawn hollow.</summary>
    public bool IsWeak { get; init; }

    /// <summary>Lower end of the interval of X; null is none.</summary>
    public double? XLow { get; init; }

    /// <summary>Upper end of the interval of X; null is none.</summary>
    public double? XHigh { get; init; }
}

/// <param name="Colour">As <c>#rrggbb</c>.</param>
/// <param name="Marker">Shape of the points where the mark has any, from 0.</param>
/// <param name="Dashed">Tells the second statistic of a panel from the first.</param>
public sealed record SeriesStyle(Mark Mark, string Colour, int Marker = 0, bool Dashed = false);

/// <summary>How points are drawn.</summary>
public enum Mark
{
    /// <summary>Markers joined by a line, with capped bars for intervals.</summary>
    Line,

    /// <summary>A line through many points, with a band for intervals.</summary>
    Curve,

    /// <summary>A staircase from each point up, then to the right to the next: no point to its lower right was reached.</summary>
    Front,

    /// <summary>Horizontal bars of length X in row Y, each series behind the one before it.</summary>
    Bars,

    /// <summary>Columns of height Y at X without gaps, each series on top of the one before it.</summary>
    Columns,
}
