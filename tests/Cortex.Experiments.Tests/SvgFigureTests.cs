using System.Globalization;
using System.Xml.Linq;
using Cortex.CostModels;
using Cortex.Experiments.Figures;
using Cortex.Experiments.Figures.Charts;
using Cortex.Experiments.Figures.Drawing;
using Cortex.Experiments.Figures.Files;
using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class SvgFigureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly string[] LongNames = ["shared pools, prefix-aware routing with a load guard", "isolated", "a", "b", "c", "d", "e", "f", "g"];

    public static Figure Example { get; } = new(
        "example",
        "Latency & load <of> \"all\"",
        new FigureAxis("load"),
        new FigureAxis("time (s)", Log: true),
        [
            new Panel("p50", [
                Line("baseline", 0, [new(0.5, 0.02, 0.018, 0.022), new(1, 0.03, 0.025, 0.035), new(2, 0.9, 0.1, 1.7)]),
                Line("isolated", 1, [new(0.5, 0.015), new(1, 0.02), new(2, 0.1)]),
            ]),
            new Panel("p99", [Line("baseline", 0, [new(0.5, 0.1, -0.1, 0.3), new(1, 0.4, 0.3, 0.5), new(2, 7, 5, 9) { IsWeak = true }])]),
        ])
    {
        Note = "Mean of 5 repetitions with its 95 % interval. Hollow: too few samples.",
        Stamps = [new("roofline", CostQualification.Functional)],
    };

    public static Figure Bars { get; } = new(
        "bars", "Where the time goes", new FigureAxis("seconds"), new FigureAxis("") { Categories = LongNames },
        [.. Enumerable.Range(0, 6).Select(panel => new Panel($"load {panel}", [
            new Series("queue", "", new(Mark.Bars, Palette.Part(0)), [.. LongNames.Select((_, row) => new FigurePoint(row + panel, row))]),
            new Series("decode", "", new(Mark.Bars, Palette.Part(1)), [.. LongNames.Select((_, row) => new FigurePoint(2, row))]),
        ]))]);

    public static Figure Curves { get; } = new(
        "curves", "Tail of the time to first token, at every load that was asked for, over all repetitions", new FigureAxis("time (s)", Log: true),
        new FigureAxis("share of calls that take longer", Log: true),
        [new Panel("", [
            .. LongNames.Select((name, index) => new Series(name, "", new(Mark.Curve, Palette.Policy(index), index), [
                new(0.01 + index, 1) { XLow = 0.005 + index, XHigh = 0.02 + index }, new(1.5 + index, 0.01) { XLow = 1 + index, XHigh = 2 + index }, new(40, 0.0001)])),
            new Series("columns", "other", new(Mark.Curve, Palette.Part(2), Dashed: true), [new(0.1, 0.5), new(1000, 0.02)]),
        ])]);

    public static Figure Narrow { get; } = new(
        "narrow", "Labels at the ends of narrow panels", new FigureAxis("time (s)", Log: true), new FigureAxis("y"),
        [.. Enumerable.Range(0, 3).Select(panel => new Panel($"{panel}", [Line("a", 0, [new(0.0101, 1), new(0.0499, 2)])]))]);

    public static Figure Large { get; } = new(
        "large", "Labels of many digits", new FigureAxis("tokens"), new FigureAxis("tokens per second"),
        [new Panel("", [Line("a", 0, [new(0, 123_000_000), new(20_000_000, 2_000_000_000)])])]);

    public static TheoryData<Figure> All => [Example, Bars, Curves, Narrow, Large];

    [Fact]
    public void A_figure_is_well_formed_xml_with_its_title_escaped()
    {
        XElement root = XDocument.Parse(SvgFigure.Text(Example)).Root!;
        Assert.Equal(Svg + "svg", root.Name);
        Assert.Equal(Example.Title, root.Element(Svg + "title")!.Value);
        Assert.Equal(3 + 2, root.Descendants(Svg + "polyline").Count());
        Assert.Equal(["baseline", "isolated", "baseline"], [.. Series(root).Select(group => group.Attribute("data-series")!.Value)]);
        Assert.DoesNotContain("NaN", root.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("∞", root.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_has_one_colour()
    {
        XElement root = XDocument.Parse(SvgFigure.Text(Example)).Root!;
        string[] lines = [.. Series(root).Select(group => group.Descendants(Svg + "polyline").Single().Attribute("stroke")!.Value)];
        Assert.Equal([Palette.Policy(0), Palette.Policy(1), Palette.Policy(0)], lines);
        Assert.NotEqual(Palette.Policy(0), Palette.Policy(1));
    }

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void Texts_stay_inside_the_picture_and_apart_from_each_other(Figure figure)
    {
        XElement root = XDocument.Parse(SvgFigure.Text(figure)).Root!;
        double width = Number(root, "width");
        double height = Number(root, "height");
        (string Text, double Left, double Right, double Top, double Bottom)[] boxes =
            [.. root.Descendants(Svg + "text").Where(text => text.Attribute("transform") is null).Select(Box)];
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
    public void Each_point_is_there_as_data_with_its_place()
    {
        XElement root = XDocument.Parse(SvgFigure.Text(Example)).Root!;
        string[] points = Series(root).First().Attribute("data-points")!.Value.Split(';');
        Assert.Equal(3, points.Length);
        Assert.EndsWith(" 0.5 → 0.02 (0.018 to 0.022)", points[0], StringComparison.Ordinal);
        XElement marker = Series(root).First().Elements(Svg + "circle").First();
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{Number(marker, "cx"):0.#} {Number(marker, "cy"):0.#} "), points[0], StringComparison.Ordinal);
        Assert.Equal("baseline: 0.5 → 0.02 (0.018 to 0.022)", marker.Element(Svg + "title")!.Value);
    }

    [Fact]
    public void Stacked_parts_begin_where_those_before_them_end()
    {
        XElement root = XDocument.Parse(SvgFigure.Text(Bars)).Root!;
        XElement[] parts = [.. Series(root).Select(group => group.Elements(Svg + "rect").Last())];
        for (int panel = 0; panel < 6; panel++)
        {
            (XElement queue, XElement decode) = (parts[2 * panel], parts[2 * panel + 1]);
            Assert.Equal(Number(queue, "x") + Number(queue, "width"), Number(decode, "x"), 0.02);
            Assert.Equal((8.0 + panel) / 2, Number(queue, "width") / Number(decode, "width"), 0.05);
        }
    }

    [Fact]
    public void A_front_is_what_no_other_point_beats()
    {
        FigurePoint[] front = ParetoFront.Of([new(1, 1), new(2, 2), new(2, 3), new(3, 2.5), new(4, 9), new(3.5, 9.5)]);
        Assert.Equal([new(1, 1), new(2, 2), new(3, 2.5), new(4, 9)], front);
    }

    [Fact]
    public void A_figure_without_a_drawable_point_is_still_a_figure()
    {
        var empty = new Figure("empty", "Empty", new FigureAxis("x"), new FigureAxis("y", Log: true), [new Panel("", [Line("a", 0, [new(1, 0)])])]);
        Assert.DoesNotContain("NaN", XDocument.Parse(SvgFigure.Text(empty)).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 0, 10, "0 2 4 6 8 10")]
    [InlineData(false, 0.1, 0.73, "0 0.2 0.4 0.6 0.8")]
    [InlineData(false, 100, 104, "100 101 102 103 104")]
    [InlineData(false, 5, 5, "0 1 2 3 4 5")]
    [InlineData(true, 0.015, 7, "0.01 0.1 1 10")]
    [InlineData(true, 0.02, 0.3, "0.02 0.05 0.1 0.2 0.5")]
    [InlineData(true, 0.0015, 700, "0.001 0.01 0.1 1 10 100 1000")]
    [InlineData(true, 1e-6, 3e6, "1e-6 0.0001 0.01 1 100 10000 1e6")]
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
    [InlineData(0.5, 2, "0.5 1.0 1.5 2.0")]
    [InlineData(3, 3, "1.5 2.0 2.5 3.0 3.5 4.0 4.5")]
    public void An_axis_that_spans_the_values_has_round_ticks_among_them(double low, double high, string labels)
    {
        AxisScale scale = AxisScale.Of(log: false, low, high, endsOnTick: false);
        Assert.Equal(labels, string.Join(' ', scale.Ticks.Select(tick => tick.Label)));
        Assert.InRange(scale.Map(low), 0.02, 0.5);
        Assert.InRange(scale.Map(high), 0.5, 0.98);
    }

    [Theory]
    [InlineData(false, 0, 10, 15)]
    [InlineData(true, 0.01, 100, 32)]
    public void Small_marks_divide_what_lies_between_ticks(bool log, double low, double high, int count)
    {
        AxisScale scale = AxisScale.Of(log, low, high, endsOnTick: true, mostTicks: 5);
        Assert.Equal(count, scale.MinorTicks.Count);
        Assert.Empty(scale.MinorTicks.Intersect(scale.Ticks.Select(tick => tick.Value)));
        Assert.All(scale.MinorTicks, minor => Assert.InRange(scale.Map(minor), 0, 1));
    }

    [Fact]
    public void The_data_beside_a_figure_is_what_is_drawn()
    {
        string[] lines = FigureCsv.Text(Example).Split('\n');
        Assert.Equal("panel,series,statistic,load,time (s),y_ci_low,y_ci_high,x_ci_low,x_ci_high,from,to,qualification", lines[0]);
        Assert.Equal("p50,baseline,,0.5,0.02,0.018,0.022,,,,,functional", lines[1]);
        Assert.Equal("p50,isolated,,0.5,0.015,,,,,,,functional", lines[4]);
        Assert.Equal(1 + 9 + 1, lines.Length);
        Assert.Contains("load 1,decode,,2,isolated,,,,,2,4,\n", FigureCsv.Text(Bars), StringComparison.Ordinal);
    }

    private static Series Line(string name, int index, FigurePoint[] points) => new(name, "", new(Mark.Line, Palette.Policy(index), index), points);

    private static IEnumerable<XElement> Series(XElement root) => root.Elements(Svg + "g").Where(group => group.Attribute("class")?.Value == "series");

    // As wide as the text is in Helvetica, or wider.
    private static (string Text, double Left, double Right, double Top, double Bottom) Box(XElement text)
    {
        double size = Number(text, "font-size");
        double x = Number(text, "x");
        double y = Number(text, "y");
        // Sentences have blanks and narrow letters enough to come near their average, half the size.
        double width = (text.Value.Length > 40 ? 0.52 : 0.56) * size * text.Value.Length;
        double left = text.Attribute("text-anchor")!.Value switch { "start" => x, "middle" => x - width / 2, _ => x - width };
        return (text.Value, left, left + width, y - 0.75 * size, y + 0.2 * size);
    }

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
