using Cortex.Experiments.Cells;

namespace Cortex.Experiments.Figures;

/// <summary>
/// A figure as data and style: a panel, or several with the same scales, so that what is drawn alike is alike. How it is drawn is another
/// matter (<see cref="Drawing.SvgFigure"/>), and so is its text (<see cref="Files.FigureCsv"/>, <see cref="Files.GnuplotScript"/>).
/// </summary>
/// <param name="Name">Of its files, without an ending; ASCII letters, digits, dots and hyphens.</param>
/// <param name="Panels">At least one.</param>
public sealed record Figure(string Name, string Title, FigureAxis X, FigureAxis Y, IReadOnlyList<Panel> Panels)
{
    /// <summary>What a reader must know of it, below it in small print; empty: nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>How far the times in it can be trusted, each kind once: the small print ends with it, and its data have it in a column. Empty: it shows none.</summary>
    public IReadOnlyList<CostStamp> Stamps { get; init; } = [];

    /// <summary>The small print: the note, then how far times can be trusted.</summary>
    public string SmallPrint => string.Join(' ', new[] { Note, CostStamp.Sentence(Stamps) }.Where(part => part.Length > 0));

    /// <summary>Every series of every panel.</summary>
    public IEnumerable<Series> Series => Panels.SelectMany(panel => panel.Series);
}

/// <summary>A plot of a figure.</summary>
/// <param name="Title">What tells it from the figure's other panels; empty if it is the only one.</param>
/// <param name="Series">Drawn in this order; stacked in this order where they are stacked.</param>
public sealed record Panel(string Title, IReadOnlyList<Series> Series);

/// <param name="Title">With the unit.</param>
/// <param name="Log">Logarithmic, base 10; values that are not above 0 are not drawn.</param>
public sealed record FigureAxis(string Title, bool Log = false)
{
    /// <summary>Names in place of numbers, from the top: a value is an index into them. Empty: numbers.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The ends of the axis; null: as the values ask for.</summary>
    public (double Low, double High)? Range { get; init; }
}
