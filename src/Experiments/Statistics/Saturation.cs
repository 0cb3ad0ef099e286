namespace Cortex.Experiments.Statistics;

/// <summary>Whether a system keeps up with its load.</summary>
public enum SaturationState
{
    Stable,

    /// <summary>A queue has grown, or is about to.</summary>
    Backlogged,

    /// <summary>More comes than can be served: times grow with the length of the run, so their means and percentiles say nothing.</summary>
    Overloaded,
}

/// <summary>
/// Detects saturation by two signs: how far completions stay behind arrivals, and how much longer calls take in the second half of a run than in the
/// first. (The signs are BLIS's; the bounds are this project's.)
/// </summary>
public static class Saturation
{
    /// <summary>
    /// 1 − completions / arrivals in the second half of the time from first to last arrival, at least 0. The second half alone, since the first has to
    /// fill the system; and up to the last arrival, since everything ends once nothing more comes.
    /// </summary>
    /// <param name="spans">Arrival and end of each job, in seconds; an end that never came is infinite.</param>
    /// <returns>Null if nothing arrived in that half.</returns>
    public static double? RateDeficit(IReadOnlyCollection<(double Arrived, double End)> spans)
    {
        if (spans.Count == 0)
        {
            return null;
        }
        double last = spans.Max(span => span.Arrived);
        double middle = (spans.Min(span => span.Arrived) + last) / 2;
        int arrivals = spans.Count(span => span.Arrived > middle);
        int completions = spans.Count(span => span.End > middle && span.End <= last);
        return arrivals == 0 ? null : Math.Max(0, 1 - (double)completions / arrivals);
    }

    /// <summary>(Mean of the second half − mean of the first half) / mean of the first half, at least 0.</summary>
    /// <param name="times">How long each job took, in the order of arrival.</param>
    /// <returns>Null with fewer than two, or if the first half took no time.</returns>
    public static double? LatencyTrend(ReadOnlySpan<double> times)
    {
        if (times.Length < 2)
        {
            return null;
        }
        double first = Moments.Mean(times[..(times.Length / 2)]);
        double second = Moments.Mean(times[(times.Length / 2)..]);
        return first > 0 ? Math.Max(0, (second - first) / first) : null;
    }

    /// <summary>
    /// Overloaded: 15 % of what comes is not served, or 2 % and calls take 75 % longer towards the end. Backlogged: 5 % is not served, or calls take
    /// 50 % longer. The trend alone never says overloaded: it fluctuates in a stable system near its capacity.
    /// </summary>
    public static SaturationState Classify(double rateDeficit, double latencyTrend) => (rateDeficit, latencyTrend) switch
    {
        ( >= 0.15, _) or ( >= 0.02, >= 0.75) => SaturationState.Overloaded,
        ( >= 0.05, _) or (_, >= 0.5) => SaturationState.Backlogged,
        _ => SaturationState.Stable,
    };
}
