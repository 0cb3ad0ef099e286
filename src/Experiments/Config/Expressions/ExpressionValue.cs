using System.Globalization;
using Cortex.Policies;

namespace Cortex.Experiments.Config.Expressions;

/// <summary>A number (times in seconds, shares as such: 10% is 0.1) or a word.</summary>
/// <param name="Number">Null: a word.</param>
/// <param name="Text">As written.</param>
public readonly record struct ExpressionValue(double? Number, string Text)
{
    public static ExpressionValue Of(double number) => new(number, number.ToString("G6", CultureInfo.InvariantCulture));

    /// <summary>A number, a length of time, a share, or else a word.</summary>
    public static ExpressionValue Of(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            return new(number, text);
        }
        if (text.EndsWith('%') && double.TryParse(text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double percent) && double.IsFinite(percent))
        {
            return new(percent / 100, text);
        }
        return DurationText.TryParse(text, out Duration duration) ? new(duration.Seconds, text) : new(null, text);
    }
}
