namespace Cortex.Experiments.Statistics;

/// <summary>A value with the bounds of its interval: the mean over repetitions, or a quantile.</summary>
/// <param name="N">Values that it was taken from.</param>
/// <param name="Low">Null where there are too few values for a lower bound.</param>
/// <param name="High">Null where there are too few values for an upper bound.</param>
public readonly record struct Interval(double Mean, double? Low, double? High, int N)
{
    /// <summary>Half the interval's width; null where there is none.</summary>
    public double? Half => (High - Low) / 2;

    /// <summary>Whether the interval contains zero; false where there is no interval.</summary>
    public bool IncludesZero => Low <= 0 && High >= 0;

    /// <summary>The interval in units of a scale; null if that is 0.</summary>
    internal Interval? Over(double scale) => scale == 0 ? null : new Interval(Mean / scale, Low / scale, High / scale, N);
}
