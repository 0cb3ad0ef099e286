using System.Globalization;

namespace Cortex.Experiments.Figures;

/// <summary>A labelled mark on an axis.</summary>
public readonly record struct Tick(double Value, string Label);

/// <summary>Maps an axis' values to 0 … 1 and chooses round ticks.</summary>
public abstract class AxisScale
{
    /// <param name="low">Least value drawn.</param>
    /// <param name="high">Largest value drawn, at least <paramref name="low"/>.</param>
    /// <param name="endsOnTick">A linear axis goes on to the next tick.</param>
    public static AxisScale Of(bool log, double low, double high, bool endsOnTick) =>
        log ? new LogScale(low, high) : new LinearScale(low, high, endsOnTick);

    public abstract IReadOnlyList<Tick> Ticks { get; }

    public double Low { get; protected init; }
    public double High { get; protected init; }

    /// <summary>0 at <see cref="Low"/>, 1 at <see cref="High"/>; beyond that outside of 0 … 1.</summary>
    public abstract double Map(double value);

    private protected static string Label(double value) => value.ToString("0.##########", CultureInfo.InvariantCulture);
}

/// <summary>From 0, or from a round number below the least value if that is far from 0, with some six steps of 1, 2 or 5 times a power of ten.</summary>
internal sealed class LinearScale : AxisScale
{
    private readonly double step;

    public LinearScale(double low, double high, bool endsOnTick)
    {
        double from = low > 0 && (low < 0.75 * high || low == high) ? 0 : low;
        double span = high > from ? high - from : Math.Max(Math.Abs(high), 1);
        double rough = span / 6;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        step = power * ((rough / power) switch { <= 1.5 => 1, <= 3.2 => 2, <= 7.1 => 5, _ => 10 });
        Low = Math.Floor(from / step + 1e-9) * step;
        High = endsOnTick ? Math.Ceiling((from + span) / step - 1e-9) * step : from + span;
    }

    public override IReadOnlyList<Tick> Ticks
    {
        get
        {
            var ticks = new List<Tick>();
            for (int index = 0; Low + index * step <= High + step * 1e-9; index++)
            {
                // Rounded to the step's own decimals, so that 0.1 + 0.2 reads 0.3.
                double value = Math.Round(Low + index * step, Math.Clamp(1 - (int)Math.Floor(Math.Log10(step)), 0, 15));
                ticks.Add(new Tick(value, Label(value)));
            }
            return ticks;
        }
    }

    public override double Map(double value) => (value - Low) / (High - Low);
}

/// <summary>Ends at 1, 2 or 5 times a power of ten; ticks at those, or at powers of ten alone if there are many.</summary>
internal sealed class LogScale : AxisScale
{
    private const int MostTicks = 9;
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
            return [.. (all.Count > MostTicks && decades.Count > 2 ? decades : all).Select(value => new Tick(value, Label(value)))];
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
