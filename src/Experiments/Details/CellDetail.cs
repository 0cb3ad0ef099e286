namespace Cortex.Experiments.Details;

/// <summary>What figures show of a run beyond its metrics: small enough to be kept of every cell.</summary>
/// <param name="Tails">By family, see <see cref="Cells.MetricNames"/>.</param>
/// <param name="Blame">The finished workflows in order of their time, in groups of equal size.</param>
/// <param name="Kv">Memory over time.</param>
public sealed record CellDetail(OrderedDictionary<string, TailCurve> Tails, IReadOnlyList<BlameGroup> Blame, KvUse Kv)
{
    /// <summary>Of a run of which nothing is known.</summary>
    public static CellDetail Empty { get; } = new([], [], new(0, []));
}

/// <summary>Workflows of about equal time, and what it went into.</summary>
/// <param name="Workflows">How many, at least 1.</param>
/// <param name="Seconds">Mean of each part, in the order of <see cref="Serving.WorkflowBlame.Parts"/>.</param>
public sealed record BlameGroup(int Workflows, IReadOnlyList<double> Seconds);

/// <param name="Interval">Seconds between two looks, and before the first.</param>
public sealed record KvUse(double Interval, IReadOnlyList<PoolKv> Pools);

/// <summary>A pool's KV memory over time, as shares of its blocks, one value a look.</summary>
/// <param name="Name">After the stages that it serves.</param>
/// <param name="Used">Owned by running calls.</param>
/// <param name="Cached">With a key, so that a prompt can find them, whether owned or not.</param>
public sealed record PoolKv(string Name, IReadOnlyList<double> Used, IReadOnlyList<double> Cached);
