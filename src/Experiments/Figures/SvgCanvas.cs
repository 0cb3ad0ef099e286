using System.Globalization;
using System.Security;
using System.Text;

namespace Cortex.Experiments.Figures;

/// <summary>Writes the few SVG shapes that figures need. Coordinates are pixels with two decimals, Y downwards.</summary>
internal sealed class SvgCanvas
{
    public const double FontSize = 12;

    private readonly StringBuilder svg = new();

    public SvgCanvas(double width, double height, string title)
    {
        svg.Append(Invariant(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:0.##}\" height=\"{height:0.##}\" viewBox=\"0 0 {width:0.##} {height:0.##}\" "));
        svg.Append(Invariant($"font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\" font-size=\"{FontSize}\" role=\"img\">\n"));
        svg.Append(Invariant($"<title>{Escape(title)}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"));
    }

    /// <summary>Width of a text in pixels, on the safe side: metrics of the fonts named in the SVG differ by a few per cent.</summary>
    public static double WidthOf(string text, double size = FontSize)
    {
        double em = 0;
        foreach (char letter in text)
        {
            em += letter switch
            {
                'i' or 'j' or 'l' or '.' or ',' or ':' or '\'' or '|' => 0.28,
                'f' or 't' or 'r' or '-' or ' ' or '(' or ')' or '/' or 'I' => 0.36,
                'm' or 'w' or 'M' or 'W' or '%' or '@' => 0.9,
                >= 'A' and <= 'Z' => 0.7,
                _ => 0.58,
            };
        }
        return em * size;
    }

    public void Line(double x1, double y1, double x2, double y2, string colour, double width) =>
        svg.Append(Invariant(
            $"<line x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\" stroke=\"{colour}\" stroke-width=\"{width}\"/>\n"));

    public void Polyline(IEnumerable<(double X, double Y)> points, string colour, bool dashed)
    {
        string path = string.Join(' ', points.Select(point => Invariant($"{point.X:0.##},{point.Y:0.##}")));
        string dash = dashed ? " stroke-dasharray=\"6 4\"" : "";
        svg.Append(Invariant(
            $"<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.75\" stroke-linejoin=\"round\"{dash}/>\n"));
    }

    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    public void Text(double x, double y, string text, string anchor, double size = FontSize, bool bold = false, bool upwards = false)
    {
        string weight = bold ? " font-weight=\"bold\"" : "";
        string turn = upwards ? Invariant($" transform=\"rotate(-90 {x:0.##} {y:0.##})\"") : "";
        svg.Append(Invariant(
            $"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\" font-size=\"{size}\" fill=\"#1a1a1a\"{weight}{turn}>{Escape(text)}</text>\n"));
    }

    /// <summary>Circle, square, triangle, diamond, triangle on its tip or hexagon, so that lines can be told apart in print without colour.</summary>
    public void Marker(double x, double y, int kind, string colour, bool hollow)
    {
        string paint = hollow ? $"fill=\"#ffffff\" stroke=\"{colour}\" stroke-width=\"1.5\"" : $"fill=\"{colour}\"";
        svg.Append((kind % 6) switch
        {
            0 => Invariant($"<circle cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"3.4\" {paint}/>\n"),
            1 => Invariant($"<rect x=\"{x - 3.1:0.##}\" y=\"{y - 3.1:0.##}\" width=\"6.2\" height=\"6.2\" {paint}/>\n"),
            2 => Invariant($"<path d=\"M{x:0.##} {y - 4.2:0.##}l4 7h-8z\" {paint}/>\n"),
            3 => Invariant($"<path d=\"M{x:0.##} {y - 4.4:0.##}l4.4 4.4l-4.4 4.4l-4.4 -4.4z\" {paint}/>\n"),
            4 => Invariant($"<path d=\"M{x:0.##} {y + 4.2:0.##}l4 -7h-8z\" {paint}/>\n"),
            _ => Invariant($"<path d=\"M{x:0.##} {y - 4:0.##}l3.5 2v4l-3.5 2l-3.5 -2v-4z\" {paint}/>\n"),
        });
    }

    /// <summary>What follows is cut off outside of the rectangle, until <see cref="EndClip"/>.</summary>
    public void BeginClip(double x, double y, double width, double height)
    {
        svg.Append(Invariant(
            $"<clipPath id=\"plot\"><rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\"/></clipPath>\n"));
        svg.Append("<g clip-path=\"url(#plot)\">\n");
    }

    public void EndClip() => svg.Append("</g>\n");

    public string Finish() => svg.Append("</svg>\n").ToString();

    private static string Escape(string text) => SecurityElement.Escape(text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
