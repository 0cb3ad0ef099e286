namespace Cortex.Experiments.Statistics;

/// <summary>A mean over repetitions with the bounds of its interval.</summary>
/// <param name="N">Values that it was taken from.</param>
/// <param name="Low">Null with fewer than two values.</param>
/// <param name="High">Null with fewer than two values.</param>
public readonly record struct Interval(double Mean, double? Low, double? High, int N)
{
    /// <summary>Half the interval's width; null where there is none.</summary>
    public double? Half => (High - Low) / 2;

    /// <summary>Whether the interval contains zero; false where there is no interval.</summary>
    public bool IncludesZero => Low <= 0 && High >= 0;
}
