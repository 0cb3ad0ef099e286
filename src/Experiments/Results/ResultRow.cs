using Cortex.Experiments.Cells;
using Cortex.Experiments.Statistics;

namespace Cortex.Experiments.Results;

/// <summary>A policy set at one point of the axes, over its repetitions: a row of <c>results.csv</c>.</summary>
/// <param name="AxisValues">As written, in the order of the axes.</param>
/// <param name="Repetitions">Those that were computed; fewer than asked for if cells failed.</param>
/// <param name="Counts">Totals over the repetitions.</param>
/// <param name="Metrics">By name, one value a repetition asked for; null where the cell failed or nothing was measured.</param>
public sealed record ResultRow(
    string Policy,
    IReadOnlyList<string> AxisValues,
    int Repetitions,
    OrderedDictionary<string, long> Counts,
    OrderedDictionary<string, IReadOnlyList<double?>> Metrics)
{
    /// <summary>How far its times can be trusted.</summary>
    public required CostStamp Stamp { get; init; }

    /// <summary>Least number of values behind the percentiles of a family in any repetition; null if the runner does not count them.</summary>
    public required IReadOnlyDictionary<string, long> LeastCounts { get; init; }

    /// <summary>Bounds from the run alone, where there is one repetition.</summary>
    public required IReadOnlyDictionary<string, Bounds> Batches { get; init; }

    /// <summary>Of the means over the repetitions; null if the runner does not tell.</summary>
    public SaturationState? Saturation => Estimate(MetricNames.RateDeficit) is { } deficit && Estimate(MetricNames.LatencyTrend) is { } trend
        ? Statistics.Saturation.Classify(deficit.Mean, trend.Mean)
        : null;

    /// <summary>Whether too few values stand behind a percentile in some repetition; false of what is none, and where they were not counted.</summary>
    public bool HasTooFew(string metric) =>
        MetricNames.AsPercentile(metric) is { } tail
        && LeastCounts.TryGetValue(CountNames.Samples(tail.Family), out long samples)
        && TailSamples.TooFew(tail.Percentile, samples);

    /// <summary>
    /// Mean over the repetitions with its 95 % interval; with one repetition its value, with the interval by batches if there is one. Null if nothing
    /// was measured.
    /// </summary>
    public Interval? Estimate(string metric)
    {
        if (!Metrics.TryGetValue(metric, out IReadOnlyList<double?>? values))
        {
            return null;
        }
        double[] measured = [.. values.OfType<double>()];
        Interval? estimate = MetricNames.IsShare(metric) ? ProportionInterval.OfShares(measured) : MeanInterval.Of(measured);
        return values.Count == 1 && estimate is { } one && Batches.TryGetValue(metric, out Bounds bounds)
            ? one with { Low = bounds.Low, High = bounds.High }
            : estimate;
    }

    /// <summary>
    /// This row against another, paired by repetition. If there is no repetition in which both measured the metric they are compared unpaired (Welch);
    /// null if one of them has fewer than two values then.
    /// </summary>
    public PairedComparison? Against(ResultRow baseline, string metric)
    {
        return Metrics.TryGetValue(metric, out IReadOnlyList<double?>? mine) && baseline.Metrics.TryGetValue(metric, out IReadOnlyList<double?>? theirs)
            ? PairedComparison.Of(mine, theirs) ?? PairedComparison.Unpaired([.. mine.OfType<double>()], [.. theirs.OfType<double>()])
            : null;
    }
}
