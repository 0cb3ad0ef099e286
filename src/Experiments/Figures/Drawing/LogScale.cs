using System.Globalization;

namespace Cortex.Experiments.Figures.Drawing;

/// <summary>
/// Ends at 1, 2 or 5 times a power of ten; ticks at those, or at powers of ten alone, or at every second, third … of them, as there is room. The
/// small marks are the other digits of each decade.
/// </summary>
internal sealed class LogScale : AxisScale
{
    private static readonly int[] Rounds = [1, 2, 5];

    private readonly double[] ticks;

    public LogScale(double low, double high, int mostTicks)
    {
        Low = Values(Rounds, low / 10, low * 1.000001).Max();
        High = Values(Rounds, high * 0.999999, high * 10).Min();
        if (High <= Low)
        {
            High = Values(Rounds, Low * 1.5, Low * 10).Min();
        }
        ticks = Chosen([.. Values(Rounds, Low * 0.999999, High * 1.000001)], Math.Max(mostTicks, 2));
    }

    public override IReadOnlyList<Tick> Ticks => [.. ticks.Select(value => new Tick(value, Label(value)))];

    public override IReadOnlyList<double> MinorTicks =>
        [.. Values([1, 2, 3, 4, 5, 6, 7, 8, 9], Low * 0.999999, High * 1.000001).Where(value => !ticks.Contains(value))];

    public override double Map(double value) => Math.Log10(value / Low) / Math.Log10(High / Low);

    private static double[] Chosen(double[] all, int most)
    {
        if (all.Length <= most)
        {
            return all;
        }
        double[] decades = [.. all.Where(IsDecade)];
        double[] from = decades.Length >= 2 ? decades : all;
        int every = (from.Length + most - 1) / most;
        return [.. from.Where((_, index) => (from.Length - 1 - index) % every == 0)];
    }

    private static bool IsDecade(double value) => Math.Abs(Math.Log10(value) - Math.Round(Math.Log10(value))) < 1e-9;

    private static string Label(double value) =>
        value is >= 1e5 or < 1e-4 ? value.ToString("0e0", CultureInfo.InvariantCulture) : value.ToString("0.####", CultureInfo.InvariantCulture);

    private static IEnumerable<double> Values(int[] mantissas, double low, double high)
    {
        for (int power = (int)Math.Floor(Math.Log10(low)); power <= Math.Ceiling(Math.Log10(high)); power++)
        {
            foreach (int mantissa in mantissas)
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
