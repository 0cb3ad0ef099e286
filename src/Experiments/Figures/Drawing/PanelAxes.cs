namespace Cortex.Experiments.Figures.Drawing;

/// <summary>The frame of a panel, and where values lie in it.</summary>
internal sealed class PanelAxes(SvgCanvas canvas, AxisScale x, AxisScale y, Box box)
{
    private const string Grid = "#e4e4e4";
    private const double TickLength = 4;
    private const double MinorLength = 2;

    public Box Box => box;

    public double X(double value) => box.Left + box.Width * x.Map(value);

    public double Y(double value) => box.Top + box.Height * (1 - y.Map(value));

    /// <summary>Whether the scales can show it at all: a logarithmic one has no place for 0.</summary>
    public bool CanShow(FigurePoint point) => double.IsFinite(x.Map(point.X)) && double.IsFinite(y.Map(point.Y));

    /// <summary>A value of the vertical axis, held to what lies in sight or just outside.</summary>
    public double HeldY(double value) => double.IsFinite(y.Map(value)) ? Math.Clamp(Y(value), box.Top - 20, box.Bottom + 20) : box.Bottom + 20;

    /// <summary>A value of the horizontal axis, likewise.</summary>
    public double HeldX(double value) => double.IsFinite(x.Map(value)) ? Math.Clamp(X(value), box.Left - 20, box.Right + 20) : box.Left - 20;

    /// <param name="title">Above the panel.</param>
    /// <param name="withLabels">Whether the vertical axis has labels; panels to the right of the first do without.</param>
    /// <param name="mostWidth">Of such a label.</param>
    public void Draw(string title, bool withLabels, double mostWidth)
    {
        if (title.Length > 0)
        {
            canvas.Write(box.Left, box.Top - 6, TextWidth.Fit(title, SvgFigure.FontSize, box.Width / 1.08), "start", SvgFigure.FontSize, bold: true);
        }
        foreach (Tick tick in y.Ticks)
        {
            double at = Y(tick.Value);
            canvas.Line(box.Left, at, box.Right, at, Grid);
            canvas.Line(box.Left - TickLength, at, box.Left, at, SvgFigure.Ink);
            if (withLabels)
            {
                canvas.Write(box.Left - 8, at + 4, TextWidth.Fit(tick.Label, SvgFigure.FontSize, mostWidth), "end", SvgFigure.FontSize);
            }
        }
        foreach (double minor in y.MinorTicks)
        {
            canvas.Line(box.Left - MinorLength, Y(minor), box.Left, Y(minor), SvgFigure.Ink);
        }
        foreach (Tick tick in x.Ticks)
        {
            double at = X(tick.Value);
            canvas.Line(at, box.Top, at, box.Bottom, Grid);
            canvas.Line(at, box.Bottom, at, box.Bottom + TickLength, SvgFigure.Ink);
            canvas.Write(at, box.Bottom + 16, tick.Label, "middle", SvgFigure.FontSize);
        }
        foreach (double minor in x.MinorTicks)
        {
            canvas.Line(X(minor), box.Bottom, X(minor), box.Bottom + MinorLength, SvgFigure.Ink);
        }
        canvas.Line(box.Left, box.Top, box.Left, box.Bottom, SvgFigure.Ink);
        canvas.Line(box.Left, box.Bottom, box.Right, box.Bottom, SvgFigure.Ink);
    }
}
