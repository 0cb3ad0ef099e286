using Cortex.Experiments.Config;
using Cortex.Experiments.Statistics;
using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Experiments.Simulating;

/// <summary>What follows from one run beyond its metrics: where its warm-up ends, whether it was saturated, and how sure its times are by themselves.</summary>
internal sealed class RunStatistics
{
    private static readonly (string Name, double Q)[] Quantiles = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999)];

    private readonly MetricsCollector metrics;
    private readonly MeasuredCall[] calls;
    private readonly Instant end;

    /// <param name="end">When the run was ended.</param>
    public RunStatistics(MetricsCollector metrics, Instant end, WarmupRule rule)
    {
        this.metrics = metrics;
        this.end = end;
        // In the order in which they became ready, which is that in which a transient shows; of equals, the one that ended first.
        calls = [.. metrics.Calls.ToArray().OrderBy(call => call.Ready.Ns)];
        Warmup = EndOfWarmup(rule);
    }

    /// <summary>Null: nothing is left out.</summary>
    public Instant? Warmup { get; }

    /// <summary>By column; null where nothing was there to measure.</summary>
    public IEnumerable<(string Name, double? Value)> Columns()
    {
        yield return ("warmup_s", Warmup is { } from ? (from - metrics.FirstArrival).Seconds : null);
        yield return (Cells.MetricNames.RateDeficit, Saturation.RateDeficit(
            [.. metrics.Workflows.Select(one => (one.Arrived.Seconds, one.End == Instant.Never ? double.PositiveInfinity : one.End.Seconds))]));
        // Once nothing more comes, load and times fall: that is no sign of a system that keeps up.
        Instant lastArrival = metrics.Workflows.Select(one => one.Arrived).DefaultIfEmpty().Max();
        yield return (Cells.MetricNames.LatencyTrend, Saturation.LatencyTrend(
            [.. Finished().Where(call => call.Ready <= lastArrival).Select(call => call.E2e.Seconds)]));
    }

    /// <summary>Intervals of means and percentiles from this run alone, by batches; those that have too few values for any bound are left out.</summary>
    public IEnumerable<(string Name, Interval Interval)> Intervals()
    {
        return Family("ttft", [.. Finished().Select(call => call.Ttft.Seconds)])
            .Concat(Family("tpot", [.. Finished().Select(call => call.TpotNs / 1e9).OfType<double>()]))
            .Concat(Family("e2e", [.. Finished().Select(call => call.E2e.Seconds)]))
            .Concat(Family("queue", [.. Warm().Select(call => call.Queue.Seconds)]))
            .Concat(Family("workflow",
            [
                .. metrics.FinishedWorkflows.Where(one => Warmup is not { } from || one.Arrived >= from)
                    .OrderBy(one => one.Arrived.Ns).Select(one => (one.End - one.Arrived).Seconds),
            ]));
    }

    private static IEnumerable<(string, Interval)> Family(string family, double[] values)
    {
        IEnumerable<(string Name, Interval? Interval)> all = Quantiles.Select(one => ($"{family}_{one.Name}_s", BatchMeans.Quantile(values, one.Q)))
            .Prepend(($"{family}_mean_s", BatchMeans.Mean(values)));
        foreach ((string name, Interval? found) in all)
        {
            if (found is { } interval && (interval.Low ?? interval.High) is not null)
            {
                yield return (name, interval);
            }
        }
    }

    private IEnumerable<MeasuredCall> Warm() => calls.Where(call => Warmup is not { } from || call.Ready >= from);

    private IEnumerable<MeasuredCall> Finished() => Warm().Where(call => call.HasFinished);

    private Instant? EndOfWarmup(WarmupRule rule)
    {
        Instant first = metrics.FirstArrival;
        if (first == Instant.Never)
        {
            return null;
        }
        long span = (metrics.Last(end) - first).Ns;
        switch (rule)
        {
            case WarmupRule.Time time:
                return new Instant(first.Ns + Math.Min(span, time.Length.Ns));
            case WarmupRule.Share share:
                return new Instant(first.Ns + (long)(span * share.Percent / 100));
            case WarmupRule.Mser5:
                MeasuredCall[] finished = [.. calls.Where(call => call.HasFinished)];
                int cut = WarmupDetection.Mser5([.. finished.Select(call => call.Ttft.Seconds)]);
                return cut > 0 ? finished[cut].Ready : null;
            default:
                return null;
        }
    }
}
