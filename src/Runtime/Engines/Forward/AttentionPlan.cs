namespace Cortex.Runtime.Engines.Forward;

/// <summary>
/// How a device wants attention to be cut. Positions are cut at fixed places into chunks: a query meets each chunk alone, and merges what came of them
/// in order of position. So what a token computes depends neither on who else is in the batch nor on who shares its work.
/// </summary>
/// <param name="ChunkTokens">Positions in a chunk, a multiple of the block size.</param>
/// <param name="QueryTokens">Most tokens in a piece of work.</param>
/// <param name="Pieces">Pieces (times KV heads) that keep the device busy: with fewer, contexts are split.</param>
/// <param name="PartialTokens">Most partial results that may be kept in a step.</param>
public readonly record struct AttentionTiling(int ChunkTokens, int QueryTokens, int Pieces, int PartialTokens);

/// <summary>A piece of work for one layer, for each KV head: some queries against a range of positions that lies in the same blocks for all of them.</summary>
/// <param name="FirstQuery">The first of its <see cref="AttentionPlan.Queries"/>.</param>
/// <param name="Queries">How many.</param>
/// <param name="Table">Where in <see cref="StepInputs.Blocks"/> the table stands whose first block holds position 0.</param>
/// <param name="Start">First position, the start of a chunk. Only a piece that starts at 0 may have more than one chunk: it merges them in order.</param>
/// <param name="End">Behind the last position that any of its queries sees. A query sees positions up to its own.</param>
public readonly record struct AttentionItem(int FirstQuery, int Queries, int Table, int Start, int End);

/// <summary>A token whose query heads take part in a piece of work.</summary>
/// <param name="Token">Its place in the step.</param>
/// <param name="Partial">Where the result goes: a place among the partial results (maximum, sum, vector; not yet divided), or −1 for the output.</param>
public readonly record struct AttentionQuery(int Token, int Partial);

/// <summary>A token whose output is merged from partial results, in order.</summary>
/// <param name="Token">Its place in the step.</param>
/// <param name="First">The first of its partial results.</param>
/// <param name="Count">How many, at least 1.</param>
public readonly record struct AttentionMerge(int Token, int First, int Count);

/// <summary>The attention of a step as a list of work, good for every layer and KV head: first all items, then all merges.</summary>
public sealed class AttentionPlan
{
    /// <summary>The work, the largest piece first: any order and any thread gives the same.</summary>
    public List<AttentionItem> Items { get; } = [];

    /// <summary>Queries of all items, one item behind the other.</summary>
    public List<AttentionQuery> Queries { get; } = [];

    /// <summary>Merges, once all items are done; empty where nothing was split or shared.</summary>
    public List<AttentionMerge> Merges { get; } = [];

    /// <summary>Partial results for which there must be room, for each query head.</summary>
    public int Partials { get; internal set; }

    internal void Clear()
    {
        Items.Clear();
        Queries.Clear();
        Merges.Clear();
        Partials = 0;
    }
}
