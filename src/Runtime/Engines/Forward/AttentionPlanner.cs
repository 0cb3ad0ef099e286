using System.Runtime.InteropServices;

namespace Cortex.Runtime.Engines.Forward;

/// <summary>
/// Cuts a step's attention into items. None of its choices (who shares an item, what is split) changes a bit of the result, since every query meets
/// every chunk alone and merges in order of position; they only decide how often KV is read and how many can work at once.
/// </summary>
/// <param name="tiling">The device's wishes.</param>
/// <param name="blockSize">Tokens in a block.</param>
/// <param name="kvHeads">KV heads: each item is worked on for each of them.</param>
internal sealed class AttentionPlanner(AttentionTiling tiling, int blockSize, int kvHeads)
{
    private readonly PrefixTree tree = new(tiling.ChunkTokens / blockSize);
    private readonly List<RowPlan> rows = [];
    private readonly List<int> firstPartial = [];
    private StepInputs step = null!;

    /// <summary>Rows that begin with the same blocks read them together; off only to compare.</summary>
    public bool Sharing { get; set; } = true;

    /// <param name="batch">The step, checked.</param>
    /// <param name="into">Tokens and blocks are read, the attention is written.</param>
    public void Plan(StepBatch batch, StepInputs into)
    {
        step = into;
        bool share = Sharing && Cut(batch, share: true, split: false);
        if (!share)
        {
            Cut(batch, share: false, split: false);
        }
        if (IsUneven() && !Cut(batch, share, split: true))
        {
            Cut(batch, share, split: false);
        }
        into.Attention.Items.Sort(static (a, b) => Work(b).CompareTo(Work(a)));
    }

    /// <returns>Whether there is room for the partial results.</returns>
    private bool Cut(StepBatch batch, bool share, bool split)
    {
        step.Attention.Clear();
        firstPartial.Clear();
        ReadRows(batch, share);
        foreach (PrefixNode node in tree.Nodes)
        {
            Shared(node, split);
        }
        int sharedQueries = step.Attention.Queries.Count;
        foreach (ref readonly RowPlan row in CollectionsMarshal.AsSpan(rows))
        {
            Assign(row, split);
        }
        foreach (ref AttentionQuery query in CollectionsMarshal.AsSpan(step.Attention.Queries)[..sharedQueries])
        {
            query = query with { Partial = query.Partial + firstPartial[query.Token] };
        }
        foreach (ref readonly RowPlan row in CollectionsMarshal.AsSpan(rows))
        {
            for (int done = 0; done < row.Tokens; done += tiling.QueryTokens)
            {
                Tile(row, done, Math.Min(tiling.QueryTokens, row.Tokens - done), split);
            }
        }
        return step.Attention.Partials <= tiling.PartialTokens;
    }

    private void ReadRows(StepBatch batch, bool share)
    {
        rows.Clear();
        tree.Clear();
        int token = 0;
        int table = 0;
        foreach (BatchRow row in CollectionsMarshal.AsSpan(batch.Rows))
        {
            if (share && row.Tokens <= tiling.QueryTokens && row.Start >= tiling.ChunkTokens)
            {
                tree.Order.Add(new(rows.Count, table, row.Start / tiling.ChunkTokens));
            }
            rows.Add(new() { Token = token, Start = row.Start, Tokens = row.Tokens, Table = table });
            token += row.Tokens;
            table += row.Blocks;
        }
        tree.Find(step.Blocks);
    }

    /// <summary>Items of a node. Where its partial results go is counted within each token for now.</summary>
    private void Shared(PrefixNode node, bool split)
    {
        bool whole = node.Start == 0 && !split;
        for (int chunk = node.Start; chunk < node.End; chunk = whole ? node.End : chunk + 1)
        {
            int end = whole ? node.End : chunk + 1;
            int first = step.Attention.Queries.Count;
            for (int i = node.First; i < node.First + node.Count; i++)
            {
                ref RowPlan row = ref CollectionsMarshal.AsSpan(rows)[tree.Order[i].Row];
                for (int t = 0; t < row.Tokens; t++)
                {
                    if (step.Attention.Queries.Count - first == tiling.QueryTokens)
                    {
                        Add(ref first, row.Table, chunk, end);
                    }
                    step.Attention.Queries.Add(new(row.Token + t, row.Parts));
                }
                row.Parts++;
                row.Chunks = end;
            }
            Add(ref first, rows[tree.Order[node.First].Row].Table, chunk, end);
        }
    }

    private void Add(ref int first, int table, int chunk, int endChunk)
    {
        AttentionPlan plan = step.Attention;
        plan.Items.Add(new(first, plan.Queries.Count - first, table, chunk * tiling.ChunkTokens, endChunk * tiling.ChunkTokens));
        first = plan.Queries.Count;
    }

    /// <summary>Gives each token of a row that is not computed in one piece room for its partial results, side by side.</summary>
    private void Assign(in RowPlan row, bool split)
    {
        AttentionPlan plan = step.Attention;
        for (int i = 0; i < row.Tokens; i++)
        {
            int parts = row.Parts + (split || row.Parts > 0 ? (row.Start + i) / tiling.ChunkTokens + 1 - row.Chunks : 1);
            firstPartial.Add(parts > 1 ? plan.Partials : -1);
            if (parts > 1)
            {
                plan.Merges.Add(new(row.Token + i, plan.Partials, parts));
                plan.Partials += parts;
            }
        }
    }

    /// <summary>Items of some tokens of a row, for what they do not share.</summary>
    private void Tile(in RowPlan row, int done, int count, bool split)
    {
        AttentionPlan plan = step.Attention;
        int end = row.Start + done + count;
        if (row.Parts == 0 && !split)
        {
            plan.Items.Add(new(plan.Queries.Count, count, row.Table, 0, end));
            for (int i = done; i < done + count; i++)
            {
                plan.Queries.Add(new(row.Token + i, -1));
            }
            return;
        }
        for (int chunk = row.Chunks; chunk * tiling.ChunkTokens < end; chunk++)
        {
            int start = chunk * tiling.ChunkTokens;
            int first = Math.Max(done, start - row.Start);
            plan.Items.Add(new(plan.Queries.Count, done + count - first, row.Table, start, Math.Min(end, start + tiling.ChunkTokens)));
            for (int i = first; i < done + count; i++)
            {
                int partial = firstPartial[row.Token + i];
                plan.Queries.Add(new(row.Token + i, partial < 0 ? -1 : partial + row.Parts + chunk - row.Chunks));
            }
        }
    }

    /// <summary>The largest item, for one head, is too much of the whole.</summary>
    private bool IsUneven()
    {
        long most = 0;
        long sum = 0;
        foreach (AttentionItem item in step.Attention.Items)
        {
            most = Math.Max(most, Work(item));
            sum += Work(item);
        }
        return most * tiling.Pieces > sum * kvHeads;
    }

    private static long Work(in AttentionItem item) => (long)(item.End - item.Start) * item.Queries;

    /// <summary>A row of the step, and what of it is shared.</summary>
    private struct RowPlan
    {
        public required int Token { get; init; }

        public required int Start { get; init; }

        public required int Tokens { get; init; }

        public required int Table { get; init; }

        /// <summary>Partial results of each token for what it shares.</summary>
        public int Parts { get; set; }

        /// <summary>Chunks that it shares.</summary>
        public int Chunks { get; set; }
    }
}
