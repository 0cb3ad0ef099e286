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
        Add(MetricNames.Ttft, Finished().Select(index => metrics.Calls[index].Ttft.Seconds));
        Add(MetricNames.Tpot, Finished().Select(index => metrics.Calls[index].TpotNs / 1e9).OfType<double>());
        Add(MetricNames.Workflow, workflows.Select(workflow => workflow.Blame.Total.Seconds));
        return new(tails, BlameProfile.Of(workflows), PoolTimelines.Of(kv, pools));

        IEnumerable<int> Finished() => Enumerable.Range(0, metrics.Calls.Count).Where(index => metrics.Calls[index] is { HasFinished: true } call && call.Ready >= from);

        void Add(string family, IEnumerable<double> seconds)
        {
            if (TailCurve.Of([.. seconds]) is { } tail)
            {
                tails.Add(family, tail);
            }
        }
    }
}
