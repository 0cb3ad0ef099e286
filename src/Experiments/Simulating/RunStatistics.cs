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
    private readonly SloBounds slo;
    private readonly int[] byReady;
    private readonly Instant end;

    // Times of one kind after the other stand here: a run has a dozen kinds, and arrays for each would be most of what its statistics allocate.
    private readonly double[] times;
    private readonly double[] sorted;

    /// <param name="measuredFrom">What became ready earlier prepared the run and is left out in any case.</param>
    /// <param name="end">When the run was ended.</param>
    /// <param name="slo">Bounds whose attainment is asked for.</param>
    public RunStatistics(MetricsCollector metrics, Instant measuredFrom, Instant end, WarmupRule rule, SloBounds slo)
    {
        this.metrics = metrics;
        this.slo = slo;
        this.end = end;
        byReady = ByReady(metrics.Calls);
        times = new double[byReady.Length];
        sorted = new double[byReady.Length];
        Warmup = EndOfWarmup(rule, measuredFrom);
    }

    /// <summary>Null: nothing is left out.</summary>
    public Instant? Warmup { get; }

    /// <summary>By column; null where nothing was there to measure.</summary>
    public IEnumerable<(string Name, double? Value)> Columns()
    {
        yield return (Cells.MetricNames.SloAttainment, Attainment()?.Mean);
        yield return ("warmup_s", Warmup is { } from ? (from - metrics.FirstArrival).Seconds : null);
        yield return (Cells.MetricNames.RateDeficit, Saturation.RateDeficit(
            [.. metrics.Workflows.Select(one => (one.Arrived.Seconds, one.End == Instant.Never ? double.PositiveInfinity : one.End.Seconds))]));
        // Once nothing more comes, load and times fall: that is no sign of a system that keeps up.
        Instant lastArrival = metrics.Workflows.Select(one => one.Arrived).DefaultIfEmpty().Max();
        yield return (Cells.MetricNames.LatencyTrend, Saturation.LatencyTrend(
            Times((in call) => call.HasFinished && call.Ready <= lastArrival ? call.E2e.Seconds : null)));
    }

    /// <summary>Intervals of means and percentiles from this run alone, by batches; those that have too few values for any bound are left out.</summary>
    public IReadOnlyList<(string Name, Interval Interval)> Intervals()
    {
        var intervals = new List<(string, Interval)>();
        if (Attainment() is { Low: not null } attained)
        {
            intervals.Add((Cells.MetricNames.SloAttainment, attained));
        }
        Family("ttft", Times((in call) => call.HasFinished ? call.Ttft.Seconds : null));
        Family("tpot", Times((in call) => call.HasFinished ? call.TpotNs / 1e9 : null));
        Family("e2e", Times((in call) => call.HasFinished ? call.E2e.Seconds : null));
        Family("queue", Times((in call) => call.Queue.Seconds));
        double[] workflows =
        [
            .. metrics.FinishedWorkflows.Where(one => Warmup is not { } from || one.Arrived >= from)
                .OrderBy(one => one.Arrived.Ns).Select(one => (one.End - one.Arrived).Seconds),
        ];
        Family("workflow", workflows);
        return intervals;

        void Family(string family, ReadOnlySpan<double> values)
        {
            Span<double> inOrder = values.Length <= sorted.Length ? sorted.AsSpan(0, values.Length) : new double[values.Length];
            values.CopyTo(inOrder);
            inOrder.Sort();
            Add($"{family}_mean_s", BatchMeans.Mean(values));
            foreach ((string name, double q) in Quantiles)
            {
                Add($"{family}_{name}_s", BatchMeans.Quantile(values, inOrder, q));
            }
        }

        void Add(string name, Interval? found)
        {
            if (found is { } interval && (interval.Low ?? interval.High) is not null)
            {
                intervals.Add((name, interval));
            }
        }
    }

    private Interval? Attainment()
    {
        ReadOnlySpan<double> met = Times((in call) => !slo.Bind(call) ? null : slo.Meets(call) ? 1 : 0);
        bool[] holds = new bool[met.Length];
        for (int index = 0; index < holds.Length; index++)
        {
            holds[index] = met[index] > 0;
        }
        return BatchMeans.Share(holds);
    }

    /// <summary>Of the calls after the warm-up, in the order in which they became ready; good until they are asked for again.</summary>
    /// <param name="time">Seconds; null: not of this call.</param>
    private ReadOnlySpan<double> Times(CallTime time)
    {
        int count = 0;
        foreach (int index in byReady)
        {
            ref readonly MeasuredCall call = ref metrics.Calls[index];
            if ((Warmup is not { } from || call.Ready >= from) && time(call) is { } seconds)
            {
                times[count++] = seconds;
            }
        }
        return times.AsSpan(0, count);
    }

    /// <summary>The order in which a transient shows; of equals, the one that ended first.</summary>
    private static int[] ByReady(CallLog calls)
    {
        int[] order = [.. Enumerable.Range(0, calls.Count)];
        Array.Sort(order, (left, right) => (calls[left].Ready.Ns, left).CompareTo((calls[right].Ready.Ns, right)));
        return order;
    }

    private Instant? EndOfWarmup(WarmupRule rule, Instant measuredFrom)
    {
        if (metrics.FirstArrival == Instant.Never)
        {
            return null;
        }
        bool prepared = measuredFrom > metrics.FirstArrival;
        Instant first = prepared ? measuredFrom : metrics.FirstArrival;
        long span = (metrics.Last(end) - first).Ns;
        switch (rule)
        {
            case WarmupRule.Time time:
                return new Instant(first.Ns + Math.Min(span, time.Length.Ns));
            case WarmupRule.Share share:
                return new Instant(first.Ns + (long)(span * share.Percent / 100));
            case WarmupRule.Mser5:
                int[] finished = [.. byReady.Where(index => metrics.Calls[index].HasFinished && metrics.Calls[index].Ready >= first)];
                int cut = WarmupDetection.Mser5([.. finished.Select(index => metrics.Calls[index].Ttft.Seconds)]);
                return cut > 0 ? metrics.Calls[finished[cut]].Ready : prepared ? first : null;
            default:
                return prepared ? first : null;
        }
    }
}

/// <summary>A time of a call in seconds; null if it has none.</summary>
internal delegate double? CallTime(in MeasuredCall call);
