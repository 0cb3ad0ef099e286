namespace Cortex.Experiments.Statistics;

/// <summary>Two independent samples whose spreads may differ: runs that did not share their seeds.</summary>
/// <param name="Difference">First − second; its N is the smaller sample's.</param>
/// <param name="Relative">The difference over the second's mean; null if that is 0.</param>
/// <param name="T">Welch's t.</param>
/// <param name="Degrees">Of freedom, by Welch and Satterthwaite; not whole.</param>
/// <param name="P">Two-sided.</param>
public readonly record struct WelchComparison(Interval Difference, Interval? Relative, double T, double Degrees, double P)
{
    /// <returns>Null if one of them has fewer than two values.</returns>
    public static WelchComparison? Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double level = MeanInterval.DefaultLevel)
    {
        if (first.Length < 2 || second.Length < 2)
        {
            return null;
        }
        double a = Moments.Variance(first) / first.Length;
        double b = Moments.Variance(second) / second.Length;
        double error = Math.Sqrt(a + b);
        double baseline = Moments.Mean(second);
        double mean = Moments.Mean(first) - baseline;
        // Without any spread the degrees are not defined; one less than the smaller sample's size is on the safe side.
        double degrees = error > 0 ? (a + b) * (a + b) / (a * a / (first.Length - 1) + b * b / (second.Length - 1)) : Math.Min(first.Length, second.Length) - 1;
        double half = MeanInterval.CriticalValue(degrees, level) * error;
        var difference = new Interval(mean, mean - half, mean + half, Math.Min(first.Length, second.Length));
        double t = mean / error;
        return new WelchComparison(difference, difference.Over(Math.Abs(baseline)), t, degrees, MeanInterval.TwoSidedP(t, degrees));
    }
}
