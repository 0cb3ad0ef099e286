using System.Globalization;
using System.Xml.Linq;
using Cortex.Experiments.Figures;
using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class SvgFigureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static Figure Example { get; } = new(
        "Latency & load <of> \"all\"",
        new FigureAxis("load"),
        new FigureAxis("time (s)", Log: true),
        [
            new Series("baseline", "p50", 0, false, [new(0.5, 0.02, 0.018, 0.022), new(1, 0.03, 0.025, 0.035), new(2, 0.9, 0.1, 1.7)]),
            new Series("isolated", "p50", 1, false, [new(0.5, 0.015, null, null), new(1, 0.02, null, null), new(2, 0.1, null, null)]),
            new Series("baseline", "p99", 0, true, [new(0.5, 0.1, -0.1, 0.3), new(1, 0.4, 0.3, 0.5), new(2, 7, 5, 9)]),
        ]);

    [Fact]
    public void A_figure_is_well_formed_xml_with_its_title_escaped()
    {
        XElement root = XDocument.Parse(SvgFigure.Text(Example)).Root!;
        Assert.Equal(Svg + "svg", root.Name);
        Assert.Equal(Example.Title, root.Element(Svg + "title")!.Value);
        Assert.Equal(3 + 2 + 2, root.Descendants(Svg + "polyline").Count());
        Assert.DoesNotContain("NaN", root.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("∞", root.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_has_one_colour()
    {
        XElement root = XDocument.Parse(SvgFigure.Text(Example)).Root!;
        string[] lines = [.. root.Descendants(Svg + "polyline").Select(line => line.Attribute("stroke")!.Value)];
        Assert.Equal([Palette.Colour(0), Palette.Colour(1), Palette.Colour(0)], lines[..3]);
        Assert.NotEqual(Palette.Colour(0), Palette.Colour(1));
    }

    [Fact]
    public void Texts_stay_inside_the_picture_and_apart_from_each_other()
    {
        XElement root = XDocument.Parse(SvgFigure.Text(Example)).Root!;
        double width = Number(root, "width");
        double height = Number(root, "height");
        (double Left, double Right, double Top, double Bottom)[] boxes =
            [.. root.Elements(Svg + "text").Where(text => text.Attribute("transform") is null).Select(Box)];
        Assert.All(boxes, box => Assert.True(box.Left >= 0 && box.Right <= width && box.Top >= 0 && box.Bottom <= height, $"{box}"));
        for (int i = 0; i < boxes.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                bool apart = boxes[i].Right <= boxes[j].Left || boxes[j].Right <= boxes[i].Left
                    || boxes[i].Bottom <= boxes[j].Top || boxes[j].Bottom <= boxes[i].Top;
                Assert.True(apart, $"{boxes[i]} overlaps {boxes[j]}");
            }
        }
    }

    [Fact]
    public void A_figure_without_a_drawable_point_is_still_a_figure()
    {
        var empty = new Figure("empty", new FigureAxis("x"), new FigureAxis("y", Log: true), [new Series("a", "p50", 0, false, [new(1, 0, null, null)])]);
        Assert.DoesNotContain("NaN", XDocument.Parse(SvgFigure.Text(empty)).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 0, 10, "0 2 4 6 8 10")]
    [InlineData(false, 0.1, 0.73, "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8")]
    [InlineData(false, 100, 104, "100.0 100.5 101.0 101.5 102.0 102.5 103.0 103.5 104.0")]
    [InlineData(false, 5, 5, "0 1 2 3 4 5")]
    [InlineData(true, 0.015, 7, "0.01 0.02 0.05 0.1 0.2 0.5 1 2 5 10")]
    [InlineData(true, 0.02, 3, "0.02 0.05 0.1 0.2 0.5 1 2 5")]
    [InlineData(true, 0.0015, 700, "0.001 0.01 0.1 1 10 100 1000")]
    [InlineData(true, 3, 3, "2 5")]
    [InlineData(true, 1, 1, "1 2")]
    public void Ticks_are_round_numbers_that_enclose_the_data(bool log, double low, double high, string labels)
    {
        AxisScale scale = AxisScale.Of(log, low, high, endsOnTick: true);
        Assert.Equal(labels, string.Join(' ', scale.Ticks.Select(tick => tick.Label)));
        Assert.InRange(low, scale.Low, scale.High);
        Assert.InRange(high, scale.Low, scale.High);
        Assert.Equal(0, scale.Map(scale.Low));
        Assert.Equal(1, scale.Map(scale.High));
    }

    [Theory]
    [InlineData(4, 14, "4 6 8 10 12 14")]
    [InlineData(0.5, 2, "0.6 0.8 1.0 1.2 1.4 1.6 1.8 2.0")]
    [InlineData(3, 3, "1.5 2.0 2.5 3.0 3.5 4.0 4.5")]
    public void An_axis_that_spans_the_values_has_round_ticks_among_them(double low, double high, string labels)
    {
        AxisScale scale = AxisScale.Of(log: false, low, high, endsOnTick: false);
        Assert.Equal(labels, string.Join(' ', scale.Ticks.Select(tick => tick.Label)));
        Assert.InRange(scale.Map(low), 0.02, 0.5);
        Assert.InRange(scale.Map(high), 0.5, 0.98);
    }

    [Fact]
    public void The_data_beside_a_figure_is_what_is_drawn()
    {
        string[] lines = FigureCsv.Text(Example).Split('\n');
        Assert.Equal("series,statistic,load,time (s),ci_low,ci_high", lines[0]);
        Assert.Equal("baseline,p50,0.5,0.02,0.018,0.022", lines[1]);
        Assert.Equal("isolated,p50,0.5,0.015,,", lines[4]);
        Assert.Equal(1 + 9 + 1, lines.Length);
    }

    private static (double Left, double Right, double Top, double Bottom) Box(XElement text)
    {
        double size = Number(text, "font-size");
        double x = Number(text, "x");
        double y = Number(text, "y");
        double width = 0.5 * size * text.Value.Length;
        double left = text.Attribute("text-anchor")!.Value switch { "start" => x, "middle" => x - width / 2, _ => x - width };
        return (left, left + width, y - 0.75 * size, y + 0.2 * size);
    }

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
