using System.Globalization;
using System.Security;
using System.Text;

namespace Cortex.Experiments.Figures.Drawing;

/// <summary>Writes the few SVG shapes that figures need. Coordinates are pixels with two decimals, Y downwards.</summary>
internal sealed class SvgCanvas
{
    private readonly StringBuilder svg = new();

    /// <param name="id">Names the figure; parts of it that need a name begin with it, so that several figures can stand in one page.</param>
    public SvgCanvas(string id, double width, double height, string title)
    {
        svg.Append(Text($"<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{id}\" width=\"{width:0.##}\" height=\"{height:0.##}\" viewBox=\"0 0 {width:0.##} {height:0.##}\" "));
        svg.Append(Text($"font-family=\"Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\" role=\"img\">\n"));
        svg.Append(Text($"<title>{Escape(title)}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"));
    }

    /// <param name="attributes">Names and values.</param>
    public void BeginGroup(params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        svg.Append("<g");
        foreach ((string name, string value) in attributes)
        {
            svg.Append(Text($" {name}=\"{Escape(value)}\""));
        }
        svg.Append(">\n");
    }

    public void EndGroup() => svg.Append("</g>\n");

    /// <summary>Names a rectangle that groups may be cut off at, by <c>clip-path</c>.</summary>
    public void Clip(string id, Box box) => svg.Append(Text(
        $"<clipPath id=\"{id}\"><rect x=\"{box.Left:0.##}\" y=\"{box.Top:0.##}\" width=\"{box.Width:0.##}\" height=\"{box.Height:0.##}\"/></clipPath>\n"));

    public void Line(double x1, double y1, double x2, double y2, string colour, double width = 1) => svg.Append(Text(
        $"<line x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\" stroke=\"{colour}\" stroke-width=\"{width}\"/>\n"));

    public void Polyline(IEnumerable<(double X, double Y)> points, string colour, double width, bool dashed)
    {
        string dash = dashed ? " stroke-dasharray=\"6 4\"" : "";
        svg.Append(Text($"<polyline points=\"{Path(points)}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"{dash}/>\n"));
    }

    public void Polygon(IEnumerable<(double X, double Y)> points, string colour, double opacity) =>
        svg.Append(Text($"<polygon points=\"{Path(points)}\" fill=\"{colour}\" fill-opacity=\"{opacity}\"/>\n"));

    /// <param name="hint">Shown by a viewer that is pointed at it.</param>
    public void Rectangle(double x, double y, double width, double height, string colour, string hint) => svg.Append(Text(
        $"<rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\" fill=\"{colour}\">{Hint(hint)}</rect>\n"));

    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    public void Write(double x, double y, string text, string anchor, double size, bool bold = false, bool upwards = false, string colour = "#1a1a1a")
    {
        string weight = bold ? " font-weight=\"bold\"" : "";
        string turn = upwards ? Text($" transform=\"rotate(-90 {x:0.##} {y:0.##})\"") : "";
        svg.Append(Text($"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\" font-size=\"{size}\" fill=\"{colour}\"{weight}{turn}>{Escape(text)}</text>\n"));
    }

    /// <summary>Circle, square, triangle, diamond, triangle on its tip or hexagon, so that lines can be told apart in print without colour.</summary>
    /// <param name="hint">Shown by a viewer that is pointed at it.</param>
    public void Marker(double x, double y, int kind, string colour, bool hollow, string hint)
    {
        string paint = hollow ? $"fill=\"#ffffff\" stroke=\"{colour}\" stroke-width=\"1.5\"" : $"fill=\"{colour}\"";
        string end = $"{paint}>{Hint(hint)}";
        svg.Append((kind % 6) switch
        {
            0 => Text($"<circle cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"3.4\" {end}</circle>\n"),
            1 => Text($"<rect x=\"{x - 3.1:0.##}\" y=\"{y - 3.1:0.##}\" width=\"6.2\" height=\"6.2\" {end}</rect>\n"),
            2 => Text($"<path d=\"M{x:0.##} {y - 4.2:0.##}l4 7h-8z\" {end}</path>\n"),
            3 => Text($"<path d=\"M{x:0.##} {y - 4.4:0.##}l4.4 4.4l-4.4 4.4l-4.4 -4.4z\" {end}</path>\n"),
            4 => Text($"<path d=\"M{x:0.##} {y + 4.2:0.##}l4 -7h-8z\" {end}</path>\n"),
            _ => Text($"<path d=\"M{x:0.##} {y - 4:0.##}l3.5 2v4l-3.5 2l-3.5 -2v-4z\" {end}</path>\n"),
        });
    }

    public string Finish() => svg.Append("</svg>\n").ToString();

    private static string Hint(string hint) => hint.Length > 0 ? $"<title>{Escape(hint)}</title>" : "";

    private static string Path(IEnumerable<(double X, double Y)> points) => string.Join(' ', points.Select(point => Text($"{point.X:0.##},{point.Y:0.##}")));

    private static string Escape(string text) => SecurityElement.Escape(text);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A rectangle on the canvas.</summary>
internal readonly record struct Box(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;
    public double Bottom => Top + Height;
}
