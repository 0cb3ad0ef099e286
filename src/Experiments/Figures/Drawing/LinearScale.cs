using System.Globalization;

namespace Cortex.Experiments.Figures.Drawing;

/// <summary>
/// Steps of 1, 2 or 5 times a power of ten, as many as there is room for. If it ends on ticks, it begins at 0, or at a tick below the least
/// value if that is far from 0; else it spans the values and a margin, and ticks lie where they fall.
/// </summary>
internal sealed class LinearScale : AxisScale
{
    private const double Margin = 0.04;

    // Steps ascend by these; beside each, into how many parts the small marks divide it.
    private static readonly (double Step, int Parts)[] Mantissas = [(1, 5), (2, 4), (5, 5), (10, 5)];

    private readonly double step;
    private readonly int parts;

    public LinearScale(double low, double high, bool endsOnTick, int mostTicks)
    {
        double from = endsOnTick && low > 0 && (low < 0.75 * high || low == high) ? 0 : low;
        double span = high > from ? high - from : Math.Max(Math.Abs(high), 1);
        from = endsOnTick || high > low ? from : low - span / 2;
        (step, parts) = Step(span, Math.Max(mostTicks, 2));
        Low = endsOnTick ? Math.Floor(from / step + 1e-9) * step : from - Margin * span;
        High = endsOnTick ? Math.Ceiling((from + span) / step - 1e-9) * step : from + (1 + Margin) * span;
    }

    public override IReadOnlyList<Tick> Ticks
    {
        get
        {
            int decimals = Math.Clamp(-(int)Math.Floor(Math.Log10(step) + 1e-9), 0, 15);
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

    public override IReadOnlyList<double> MinorTicks
    {
        get
        {
            double small = step / parts;
            var ticks = new List<double>();
            for (long index = (long)Math.Ceiling(Low / small - 1e-9); index * small <= High + small * 1e-9; index++)
            {
                if (index % parts != 0)
                {
                    ticks.Add(index * small);
                }
            }
            return ticks;
        }
    }

    public override double Map(double value) => (value - Low) / (High - Low);

    /// <summary>The least step that divides the span into no more than so many parts.</summary>
    private static (double Step, int Parts) Step(double span, int most)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(span / most)));
        foreach ((double mantissa, int parts) in Mantissas)
        {
            if (span / (mantissa * power) <= most + 1e-9)
            {
                return (mantissa * power, parts);
            }
        }
        return (10 * power, Mantissas[^1].Parts);
    }
}
