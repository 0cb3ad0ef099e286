using System.Globalization;
using Cortex.Experiments.Statistics;

namespace Cortex.Experiments.Report;

/// <summary>Numbers for people: three significant digits or so, and an interval to the same decimals as its value.</summary>
internal static class ValueText
{
    public static string WithHalf(double value, double? half)
    {
        string format = $"N{Decimals(value)}";
        string text = value.ToString(format, CultureInfo.InvariantCulture);
        return half is { } width ? $"{text} ±{width.ToString(format, CultureInfo.InvariantCulture)}" : text;
    }

    /// <summary>A share in percent with its bounds, such as <c>98.5 (93.1–99.9)</c>: half an interval would reach beyond 100, or below 0.</summary>
    public static string Share(Interval share)
    {
        string format = $"N{Math.Max(1, Decimals(100 * share.Mean))}";
        string text = Percent(share.Mean);
        return share is { Low: { } low, High: { } high } ? $"{text} ({Percent(low)}–{Percent(high)})" : text;

        string Percent(double part) => (100 * part).ToString(format, CultureInfo.InvariantCulture);
    }

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>−12.3 ±1.2 %</c>, with half the interval where there is one; ∞ where the baseline is 0.</summary>
    public static string Relative(Interval? relative)
    {
        if (relative is not { } difference)
        {
            return "∞";
        }
        string half = difference.Half is { } width ? $" ±{(100 * width).ToString("0.0", CultureInfo.InvariantCulture)}" : "";
        return $"{(100 * difference.Mean).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture)}{half} %";
    }

    private static int Decimals(double value) => Math.Abs(value) switch
    {
        0 => 0,
        < 0.0995 => 4,
        < 0.995 => 3,
        < 9.95 => 2,
        < 99.5 => 1,
        _ => 0,
    };
}
