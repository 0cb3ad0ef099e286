using System.Globalization;

namespace Cortex.Experiments.Figures;

/// <summary>A labelled mark on an axis.</summary>
public readonly record struct Tick(double Value, string Label);

/// <summary>Maps an axis' values to 0 … 1 and chooses round ticks.</summary>
public abstract class AxisScale
{
    /// <param name="low">Least value drawn.</param>
    /// <param name="high">Largest value drawn, at least <paramref name="low"/>.</param>
    /// <param name="endsOnTick">A linear axis begins at 0 or a tick, and ends at one; else it spans the values.</param>
    public static AxisScale Of(bool log, double low, double high, bool endsOnTick) =>
        log ? new LogScale(low, high) : new LinearScale(low, high, endsOnTick);

    public abstract IReadOnlyList<Tick> Ticks { get; }

    public double Low { get; protected init; }
    public double High { get; protected init; }

    /// <summary>0 at <see cref="Low"/>, 1 at <see cref="High"/>; beyond that outside of 0 … 1.</summary>
    public abstract double Map(double value);
}

/// <summary>
/// Some six steps of 1, 2 or 5 times a power of ten. If it ends on ticks, it begins at 0, or at a tick below the least value if that is far
/// from 0; else it spans the values and a margin, and ticks lie where they fall.
/// </summary>
internal sealed class LinearScale : AxisScale
{
    private const double Margin = 0.04;

    private readonly double step;

    public LinearScale(double low, double high, bool endsOnTick)
    {
        double from = endsOnTick && low > 0 && (low < 0.75 * high || low == high) ? 0 : low;
        double span = high > from ? high - from : Math.Max(Math.Abs(high), 1);
        from = endsOnTick || high > low ? from : low - span / 2;
        double rough = span / 6;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        step = power * ((rough / power) switch { <= 1.5 => 1, <= 3.2 => 2, <= 7.1 => 5, _ => 10 });
        Low = endsOnTick ? Math.Floor(from / step + 1e-9) * step : from - Margin * span;
        High = endsOnTick ? Math.Ceiling((from + span) / step - 1e-9) * step : from + (1 + Margin) * span;
    }

    public override IReadOnlyList<Tick> Ticks
    {
        get
        {
            int decimals = Math.Clamp(-(int)Math.Floor(Math.Log10(step)), 0, 15);
            var ticks = new List<Tick>();
            for (long index = (long)Math.Ceiling(Low / step - 1e-9); index * step <= High + step * 1e-9; index++)
            {
                // Rounded to the step's own decimals, so that 0.1 + 0.2 is 0.3; all labels have them, but for 0.
                double value = Math.Round(index * step, decimals);
                ticks.Add(new Tick(value, value == 0 ? "0" : value.ToString($"F{decimals}", CultureInfo.InvariantCulture)));
            }
            return ticks;
        }
    }

    public override double Map(double value) => (value - Low) / (High - Low);
}

/// <summary>Ends at 1, 2 or 5 times a power of ten; ticks at those, or at powers of ten alone if there are many.</summary>
internal sealed class LogScale : AxisScale
{
    private const int MostTicks = 12;
    private static readonly int[] Mantissas = [1, 2, 5];

    public LogScale(double low, double high)
    {
        Low = Values(low / 10, low * 1.000001).Max();
        High = Values(high * 0.999999, high * 10).Min();
        if (High <= Low)
        {
            High = Values(Low * 1.5, Low * 10).Min();
        }
    }

    public override IReadOnlyList<Tick> Ticks
    {
        get
        {
            List<double> all = [.. Values(Low * 0.999999, High * 1.000001)];
            List<double> decades = [.. all.Where(value => Math.Abs(Math.Log10(value) - Math.Round(Math.Log10(value))) < 1e-9)];
            return [.. (all.Count > MostTicks && decades.Count > 2 ? decades : all).Select(value => new Tick(value, value.ToString("0.##########", CultureInfo.InvariantCulture)))];
        }
    }

    public override double Map(double value) => Math.Log10(value / Low) / Math.Log10(High / Low);

    private static IEnumerable<double> Values(double low, double high)
    {
        for (int power = (int)Math.Floor(Math.Log10(low)); power <= Math.Ceiling(Math.Log10(high)); power++)
        {
            foreach (int mantissa in Mantissas)
            {
                // Decimal text to double: 2e-3 exactly as written, not 2 × 0.001 with its rounding.
                double value = double.Parse($"{mantissa}e{power}", CultureInfo.InvariantCulture);
                if (value >= low && value <= high)
                {
                    yield return value;
                }
            }
        }
    }
}
