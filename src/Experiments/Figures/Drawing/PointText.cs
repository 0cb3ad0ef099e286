using System.Globalization;

namespace Cortex.Experiments.Figures.Drawing;

/// <summary>What a figure says of a point that is pointed at.</summary>
internal static class PointText
{
    /// <summary>With the series it belongs to.</summary>
    public static string Full(Figure figure, Series series, FigurePoint point) =>
        $"{series.Name}{(series.Statistic.Length > 0 ? ", " : "")}{series.Statistic}: {Short(figure, point)}";

    /// <summary>The values with their intervals; no semicolon.</summary>
    public static string Short(Figure figure, FigurePoint point)
    {
        if (figure.Y.Categories.Count > 0)
        {
            return $"{figure.Y.Categories[(int)point.Y]}: {Number(point.X)}";
        }
        return $"{Number(point.X)}{Between(point.XLow, point.XHigh)} → {Number(point.Y)}{Between(point.Low, point.High)}{(point.IsWeak ? ", too few samples" : "")}".Replace(';', ',');
    }

    private static string Between(double? low, double? high) => low is { } from && high is { } to ? $" ({Number(from)} to {Number(to)})" : "";

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
