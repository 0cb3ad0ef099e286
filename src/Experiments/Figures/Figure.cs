namespace Cortex.Experiments.Figures;

/// <summary>A line chart as data and style; how it is drawn is another matter (<see cref="SvgFigure"/>).</summary>
public sealed record Figure(string Title, FigureAxis X, FigureAxis Y, IReadOnlyList<Series> Series);

/// <param name="Title">With the unit.</param>
/// <param name="Log">Logarithmic, base 10; values that are not above 0 are not drawn.</param>
public sealed record FigureAxis(string Title, bool Log = false);

/// <summary>One line.</summary>
/// <param name="Name">What it belongs to; lines of one name share colour, marker and place in the legend.</param>
/// <param name="Statistic">What is drawn of it, such as <c>p99</c>.</param>
/// <param name="Colour">Index into <see cref="Palette"/>: the same for the same policy in every figure.</param>
/// <param name="Dashed">Tells the second statistic of a figure from the first.</param>
/// <param name="Points">In order of X.</param>
public sealed record Series(string Name, string Statistic, int Colour, bool Dashed, IReadOnlyList<FigurePoint> Points);

/// <param name="Low">Lower end of the interval; null is none.</param>
/// <param name="High">Upper end of the interval; null is none.</param>
public readonly record struct FigurePoint(double X, double Y, double? Low, double? High);
