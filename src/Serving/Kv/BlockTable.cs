namespace Cortex.Serving.Kv;

/// <summary>
/// The blocks of one sequence in order of position: runs with keys (its own and shared ones), then its own tail without keys. An entry
/// may have been split since it was written down; its parts hang together by <see cref="BlockRun.Rest"/>.
/// </summary>
internal sealed class BlockTable
{
    private readonly record struct Entry(BlockRun Run, int Blocks);

    private readonly List<Entry> entries = [];

    /// <summary>Blocks with a key.</summary>
    public int KeyedBlocks { get; private set; }

    /// <summary>Blocks without a key; owned by this sequence alone.</summary>
    public BlockRun Tail { get; private set; } = null!;

    public int Blocks => KeyedBlocks + (Tail?.Count ?? 0);

    /// <summary>An empty table with room for <paramref name="capacity"/> blocks of its own.</summary>
    public void Open(int capacity, RunPool runs) => Tail = runs.New(capacity);

    /// <summary>Takes the tail off the table, which holds nothing but keyed runs then.</summary>
    public BlockRun Close()
    {
        BlockRun tail = Tail;
        Tail = null!;
        return tail;
    }

    public void AddShared(BlockRun run)
    {
        entries.Add(new(run, run.Count));
        KeyedBlocks += run.Count;
    }

    /// <summary>Room for <paramref name="count"/> more blocks at the tail.</summary>
    public Span<int> Extend(int count, RunPool runs)
    {
        BlockRun tail = Tail;
        int end = tail.Start + tail.Count;
        if (end + count > tail.Ids.Length)
        {
            runs.Move(tail, (tail.Count + count) * 2);
            end = tail.Count;
        }
        tail.Count += count;
        return tail.Ids.AsSpan(end, count);
    }

    /// <summary>The run that holds the last block with a key, or null.</summary>
    public BlockRun? LastKeyed()
    {
        if (entries.Count == 0)
        {
            return null;
        }
        Entry last = entries[^1];
        while (last.Blocks > last.Run.Count)
        {
            entries[^1] = new(last.Run, last.Run.Count);
            last = new(last.Run.Rest!, last.Blocks - last.Run.Count);
            entries.Add(last);
        }
        return last.Run;
    }

    /// <summary>Moves the first <paramref name="blocks"/> blocks of the tail into the last keyed run, which they continue in the same array.</summary>
    public void GrowLastKeyed(int blocks)
    {
        BlockRun run = entries[^1].Run;
        run.Count += blocks;
        entries[^1] = new(run, run.Count);
        DropFromTail(blocks);
    }

    /// <summary>Moves the first <paramref name="blocks"/> blocks of the tail into a keyed run of their own and returns it.</summary>
    public BlockRun KeyTail(int blocks, RunPool runs)
    {
        BlockRun run = runs.New(Tail.Array, Tail.Start, blocks, 1);
        entries.Add(new(run, blocks));
        DropFromTail(blocks);
        return run;
    }

    /// <summary>Takes the last part of the last entry off the table; null once no keyed run is left.</summary>
    public BlockRun? PopKeyed()
    {
        BlockRun? last = LastKeyed();
        if (last is not null)
        {
            entries.RemoveAt(entries.Count - 1);
            KeyedBlocks -= last.Count;
        }
        return last;
    }

    public void CopyTo(Span<int> target)
    {
        foreach (Entry entry in entries)
        {
            BlockRun run = entry.Run;
            for (int left = entry.Blocks; left > 0; run = run.Rest!)
            {
                run.Ids.AsSpan(run.Start, run.Count).CopyTo(target);
                target = target[run.Count..];
                left -= run.Count;
            }
        }
        Tail.Ids.AsSpan(Tail.Start, Tail.Count).CopyTo(target);
    }

    private void DropFromTail(int blocks)
    {
        Tail.Start += blocks;
        Tail.Count -= blocks;
        KeyedBlocks += blocks;
    }
}
