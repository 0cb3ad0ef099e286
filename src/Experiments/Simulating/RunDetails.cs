using Cortex.Experiments.Cells;
using Cortex.Experiments.Details;
using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Experiments.Simulating;

/// <summary>What figures show of a run beyond its metrics, over the same calls and workflows.</summary>
internal static class RunDetails
{
    /// <param name="from">End of the warm-up: what came earlier is left out, but for the memory, which is over the whole run.</param>
    /// <param name="pools">How the core divided the cluster.</param>
    public static CellDetail Of(MetricsCollector metrics, Instant from, KvTimeline kv, IReadOnlyList<PoolInfo> pools)
    {
        (int Tag, WorkflowBlame Blame)[] workflows = [.. metrics.FinishedBlame(from)];
        var tails = new OrderedDictionary<string, TailCurve>();
        double[] seconds = new double[Math.Max(metrics.Calls.Count, workflows.Length)];
        AddCalls(MetricNames.Ttft, (in call) => call.Ttft.Seconds);
        AddCalls(MetricNames.Tpot, (in call) => call.TpotNs / 1e9);
        for (int index = 0; index < workflows.Length; index++)
        {
            seconds[index] = workflows[index].Blame.Total.Seconds;
        }
        Add(MetricNames.Workflow, workflows.Length);
        return new(tails, BlameProfile.Of(workflows), PoolTimelines.Of(kv, pools));

        void AddCalls(string family, CallTime time)
        {
            int count = 0;
            for (int index = 0; index < metrics.Calls.Count; index++)
            {
                ref readonly MeasuredCall call = ref metrics.Calls[index];
                if (call.HasFinished && call.Ready >= from && time(call) is { } one)
                {
                    seconds[count++] = one;
                }
            }
            Add(family, count);
        }

        void Add(string family, int count)
        {
            if (TailCurve.Of(seconds.AsSpan(0, count)) is { } tail)
            {
                tails.Add(family, tail);
            }
        }
    }
}
