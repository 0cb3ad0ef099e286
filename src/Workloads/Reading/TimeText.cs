using System.Globalization;

namespace Cortex.Workloads;

/// <summary>Decimal numbers to nanoseconds, exactly: the text is what counts, not the double nearest to it.</summary>
internal static class TimeText
{
    public const long Second = 1_000_000_000;
    public const long Millisecond = 1_000_000;
    public const long Microsecond = 1_000;

    /// <summary><paramref name="value"/> units of <paramref name="unitNs"/> ns, half to even; null if negative or beyond 292 years.</summary>
    public static long? ToNs(decimal value, long unitNs)
    {
        if (value < 0 || value > (decimal)long.MaxValue / unitNs)
        {
            return null;
        }
        decimal ns = decimal.Round(value * unitNs, MidpointRounding.ToEven);
        return ns < long.MaxValue ? (long)ns : null;
    }

    /// <summary>As <see cref="ToNs"/>, from text such as <c>0.1700100478791335</c> or <c>5e-05</c>; null if it is no such number.</summary>
    public static long? ToNs(ReadOnlySpan<char> text, long unitNs) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal value)
            ? ToNs(value, unitNs)
            : null;
}
