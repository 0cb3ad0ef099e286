using Cortex.Serving;

namespace Cortex.Experiments.Details;

/// <summary>From the states of engines those of pools.</summary>
internal static class PoolTimelines
{
    // A block in ten thousand does not show in a figure, and a cell is kept small.
    private const int Decimals = 4;

    public static KvUse Of(KvTimeline timeline, IReadOnlyList<PoolInfo> pools) =>
        new(timeline.Interval.Seconds, [.. pools.Select(pool => Of(timeline, pool, isOnly: pools.Count == 1))]);

    private static PoolKv Of(KvTimeline timeline, PoolInfo pool, bool isOnly) => new(
        isOnly ? "all stages" : pool.Stages.Count > 0 ? string.Join(" + ", pool.Stages) : "no stage",
        [.. timeline.Looks.Select(look => Share(pool.Workers.Select(worker => look[worker]), kv => kv.Total - kv.Free))],
        [.. timeline.Looks.Select(look => Share(pool.Workers.Select(worker => look[worker]), kv => kv.CachedKeys))]);

    private static double Share(IEnumerable<KvState> engines, Func<KvState, int> blocks)
    {
        (long some, long all) = engines.Aggregate((Some: 0L, All: 0L), (sum, kv) => (sum.Some + blocks(kv), sum.All + kv.Total));
        return all > 0 ? Math.Round((double)some / all, Decimals) : 0;
    }
}
