namespace Cortex.Serving.Kv;

/// <summary>
/// The paged KV memory of an engine: block tables, the free queue and the prefix index, in the rules of vLLM's KV cache manager
/// (rules 12 to 15 of the dialect <c>vllm-v1</c>). All of it in runs; a block by itself is never visited but to hand out its id.
/// </summary>
internal sealed class BlockPool
{
    private readonly int blockSize;
    private readonly bool keylessFirst;
    private readonly RunPool runs = new();
    private readonly FreeQueue free = new();

    /// <param name="blockSize">Tokens in a block.</param>
    /// <param name="firstId">Id of the first usable block.</param>
    /// <param name="count">Usable blocks; at the start they are given out in ascending order.</param>
    /// <param name="keylessFirst">Freed blocks without a key go to the head of the free queue (vLLM from 0.28 on), else to its end.</param>
    public BlockPool(int blockSize, int firstId, int count, bool keylessFirst)
    {
        this.blockSize = blockSize;
        this.keylessFirst = keylessFirst;
        Index = new(blockSize, runs, free);
        Total = count;
        IdArray all = new(count);
        for (int i = 0; i < count; i++)
        {
            all.Ids[i] = firstId + count - 1 - i;
        }
        free.Append(runs.New(all, 0, count, 0));
    }

    public PrefixIndex Index { get; }
    public int Total { get; }
    public int Free => free.Blocks;

    /// <summary>Blocks that lost their key because they were given out again, since the start.</summary>
    public long Evicted { get; private set; }

    /// <summary>
    /// How often a table has given up its blocks or taken a share in found ones, since the start. As long as it stands still, free blocks
    /// are only taken, and the room for a call cannot grow.
    /// </summary>
    public long OwnershipChanges { get; private set; }

    /// <summary>Free blocks that still have a key: the candidates of the next eviction.</summary>
    public int FreeKeyed { get; private set; }

    /// <summary>Blocks of all tables less blocks with an owner: what tables have in common, once for each that holds it beyond the first.</summary>
    public long SharedBlocks { get; private set; }

    /// <summary>Counts the blocks that the first <paramref name="tokens"/> tokens of a sequence need.</summary>
    public int BlocksFor(int tokens) => (tokens + blockSize - 1) / blockSize;

    public void Open(BlockTable table, int tokens) => table.Open(BlocksFor(tokens), runs);

    /// <summary>Gives <paramref name="count"/> blocks to the table's tail. At least as many must be free.</summary>
    /// <returns>Their ids.</returns>
    public ReadOnlySpan<int> Take(BlockTable table, int count)
    {
        Span<int> taken = table.Extend(count, runs);
        Span<int> target = taken;
        while (target.Length > 0)
        {
            BlockRun run = free.Head!;
            int part = Math.Min(target.Length, run.Count);
            if (run.Node is not null)
            {
                run = Index.Evict(run, part);
                Evicted += part;
                FreeKeyed -= part;
            }
            if (free.TrimHead(part, target))
            {
                runs.Return(run);
            }
            target = target[part..];
        }
        return taken;
    }

    /// <summary>Gives the table a share in all blocks of <paramref name="match"/>, which was found just now.</summary>
    public void Share(BlockTable table, PrefixMatch match)
    {
        OwnershipChanges++;
        for (int i = 0; i < match.Path.Count; i++)
        {
            KeyNode node = match.Path[i];
            if (i == match.Path.Count - 1 && match.LastBlocks < node.Blocks)
            {
                node = Index.SplitNode(node, match.LastBlocks);
            }
            BlockRun run = node.FirstCopy!;
            if (run.Owners == 0)
            {
                free.Remove(run);
                FreeKeyed -= run.Count;
            }
            else
            {
                SharedBlocks += run.Count;
            }
            run.Owners++;
            table.AddShared(run);
        }
    }

    /// <summary>Gives up all blocks of the table, from the last to the first (rule 14).</summary>
    public void Release(BlockTable table)
    {
        OwnershipChanges++;
        BlockRun tail = table.Close();
        if (tail.Count == 0)
        {
            runs.Return(tail);
        }
        else
        {
            tail.Owners = 0;
            if (keylessFirst)
            {
                free.Prepend(tail);
            }
            else
            {
                free.Append(tail);
            }
        }
        while (table.PopKeyed() is { } run)
        {
            if (--run.Owners == 0)
            {
                free.Append(run);
                FreeKeyed += run.Count;
            }
            else
            {
                SharedBlocks -= run.Count;
            }
        }
    }
}
