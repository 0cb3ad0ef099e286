using System.Globalization;
using Cortex.Policies;

namespace Cortex.Experiments.Config;

/// <summary>What is left out at the start of a run, while the system fills: key <c>statistics.warmup</c>.</summary>
public abstract record WarmupRule
{
    /// <summary>What a reader of an error message is told.</summary>
    public const string Allowed = "none, mser5, a share of the run such as 10%, or a time such as 60s";

    private WarmupRule()
    {
    }

    /// <summary>Nothing is left out.</summary>
    public sealed record None : WarmupRule
    {
        public override string ToString() => "none";
    }

    /// <summary>As long as the times to first token are not level, see <see cref="Statistics.WarmupDetection.Mser5"/>.</summary>
    public sealed record Mser5 : WarmupRule
    {
        public override string ToString() => "mser5";
    }

    /// <param name="Percent">Of the time from first arrival to last end, above 0 and below 100.</param>
    public sealed record Share(double Percent) : WarmupRule
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Percent:R}%");
    }

    /// <param name="Length">From the first arrival on.</param>
    public sealed record Time(Duration Length) : WarmupRule
    {
        public override string ToString() => DurationText.Format(Length);
    }

    /// <returns>Null: not of that form.</returns>
    public static WarmupRule? Parse(string text)
    {
        if (text.EndsWith('%'))
        {
            return double.TryParse(text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double percent) && percent is > 0 and < 100
                ? new Share(percent)
                : null;
        }
        return text switch
        {
            "none" => new None(),
            "mser5" => new Mser5(),
            _ => DurationText.TryParse(text, out Duration length) ? new Time(length) : null,
        };
    }
}
