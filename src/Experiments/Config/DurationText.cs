using System.Globalization;
using Cortex.Policies;

namespace Cortex.Experiments.Config;

/// <summary>Lengths of time as users write them: <c>2s</c>, <c>100ms</c>, <c>1.5min</c>.</summary>
public static class DurationText
{
    /// <summary>What a reader of an error message is told.</summary>
    public const string Allowed = "a number with ns, us, ms, s, min or h, such as 100ms or 2s";

    private static readonly (string Unit, decimal Nanoseconds)[] Units =
        [("ns", 1), ("us", 1e3m), ("µs", 1e3m), ("ms", 1e6m), ("min", 60e9m), ("s", 1e9m), ("h", 3600e9m)];

    /// <summary>Exact to the nanosecond, rounded half to even below it; negative and unit-less numbers are refused.</summary>
    public static bool TryParse(string text, out Duration duration)
    {
        duration = default;
        foreach ((string unit, decimal nanoseconds) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal))
            {
                continue;
            }
            ReadOnlySpan<char> number = text.AsSpan(0, text.Length - unit.Length).TrimEnd();
            if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
                || value > long.MaxValue / nanoseconds)
            {
                return false;
            }
            duration = new Duration((long)Math.Round(value * nanoseconds, MidpointRounding.ToEven));
            return true;
        }
        return false;
    }

    /// <summary>The shortest exact text in the largest unit of s, ms, us, ns that needs no fraction.</summary>
    public static string Format(Duration duration) => duration.Ns switch
    {
        0 => "0s",
        long ns when ns % 1_000_000_000 == 0 => $"{ns / 1_000_000_000}s",
        long ns when ns % 1_000_000 == 0 => $"{ns / 1_000_000}ms",
        long ns when ns % 1_000 == 0 => $"{ns / 1_000}us",
        long ns => $"{ns}ns",
    };
}
