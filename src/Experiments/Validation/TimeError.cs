using Cortex.Experiments.Cells;
using Cortex.Experiments.Results;
using Cortex.Experiments.Statistics;

namespace Cortex.Experiments.Validation;

/// <summary>A time of calls, live and simulated, at one load under one policy set.</summary>
/// <param name="Row">Of the live runs.</param>
/// <param name="Metric">Such as <c>tpot_p50_s</c>.</param>
/// <param name="Live">Seconds, mean over the repetitions.</param>
/// <param name="Simulated">Seconds, mean over the repetitions.</param>
/// <param name="Error">Mean over the repetitions of |simulated − live| ÷ live.</param>
/// <param name="Yardstick">The same of a second live run of the baseline against the first, at this load; null if there is none.</param>
/// <param name="Allowed">Error up to which the simulation holds: 1.5 times the yardstick or the bound, whichever is larger; null: it is only shown.</param>
internal sealed record TimeError(ResultRow Row, string Metric, double Live, double Simulated, double Error, double? Yardstick, double? Allowed)
{
    // How much more a simulation may differ from a live run than another live run does.
    private const double MoreThanLive = 1.5;
    private const double MedianBound = 0.03;
    private const double TailBound = 0.08;

    private static readonly (string Metric, double? Bound)[] Metrics =
    [
        (MetricNames.Percentile(MetricNames.Ttft, "50"), null),
        (MetricNames.Percentile(MetricNames.Ttft, "99"), null),
        (MetricNames.Percentile(MetricNames.Tpot, "50"), MedianBound),
        (MetricNames.Percentile(MetricNames.Tpot, "99"), TailBound),
        (MetricNames.Percentile("e2e", "50"), MedianBound),
        (MetricNames.Percentile("e2e", "99"), TailBound),
    ];

    /// <summary>Null: it is only shown.</summary>
    public bool? Holds => Allowed is { } allowed ? Error <= allowed : null;

    /// <summary>All times of a policy set at a load.</summary>
    /// <param name="again">The baseline's second live runs at this load, against its first.</param>
    public static IEnumerable<TimeError> Of(ResultRow live, ResultRow simulated, (ResultRow First, ResultRow Second) again)
    {
        foreach ((string metric, double? bound) in Metrics)
        {
            if (Distance(live, simulated, metric) is { } error)
            {
                double? yardstick = Distance(again.First, again.Second, metric);
                double? allowed = bound is { } least ? Math.Max(least, MoreThanLive * (yardstick ?? 0)) : null;
                yield return new(live, metric, live.Estimate(metric)!.Value.Mean, simulated.Estimate(metric)!.Value.Mean, error, yardstick, allowed);
            }
        }
    }

    private static double? Distance(ResultRow live, ResultRow other, string metric)
    {
        if (!live.Metrics.TryGetValue(metric, out IReadOnlyList<double?>? ours) || !other.Metrics.TryGetValue(metric, out IReadOnlyList<double?>? theirs))
        {
            return null;
        }
        double[] errors = [.. ours.Zip(theirs).Where(pair => pair is { First: > 0, Second: not null }).Select(pair => Math.Abs(pair.Second!.Value - pair.First!.Value) / pair.First!.Value)];
        return errors.Length > 0 ? Moments.Mean(errors) : null;
    }
}
