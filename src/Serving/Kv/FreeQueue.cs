namespace Cortex.Serving.Kv;

/// <summary>
/// Blocks without owner, in the order in which they are given out. Each run is given out from its last block to its first: the tail of a
/// sequence before its prefix.
/// </summary>
internal sealed class FreeQueue
{
    public BlockRun? Head { get; private set; }
    private BlockRun? tail;

    /// <summary>Blocks in all runs.</summary>
    public int Blocks { get; private set; }

    public void Append(BlockRun run)
    {
        run.Earlier = tail;
        run.Later = null;
        if (tail is null)
        {
            Head = run;
        }
        else
        {
            tail.Later = run;
        }
        tail = run;
        Blocks += run.Count;
    }

    public void Prepend(BlockRun run)
    {
        run.Earlier = null;
        run.Later = Head;
        if (Head is null)
        {
            tail = run;
        }
        else
        {
            Head.Earlier = run;
        }
        Head = run;
        Blocks += run.Count;
    }

    public void Remove(BlockRun run)
    {
        Unlink(run);
        Blocks -= run.Count;
    }

    /// <summary>After <paramref name="rest"/> was cut off the end of <paramref name="run"/>: it is given out just before it.</summary>
    public void InsertSplit(BlockRun run, BlockRun rest)
    {
        rest.Later = run;
        rest.Earlier = run.Earlier;
        if (run.Earlier is null)
        {
            Head = rest;
        }
        else
        {
            run.Earlier.Later = rest;
        }
        run.Earlier = rest;
    }

    /// <summary>Takes the last <paramref name="count"/> blocks of the head run; returns true if that was all of it, then it has left the queue.</summary>
    public bool TrimHead(int count, Span<int> target)
    {
        BlockRun run = Head!;
        int last = run.Start + run.Count - 1;
        int[] ids = run.Ids;
        for (int i = 0; i < count; i++)
        {
            target[i] = ids[last - i];
        }
        run.Count -= count;
        Blocks -= count;
        if (run.Count > 0)
        {
            return false;
        }
        Unlink(run);
        return true;
    }

    private void Unlink(BlockRun run)
    {
        if (run.Earlier is null)
        {
            Head = run.Later;
        }
        else
        {
            run.Earlier.Later = run.Later;
        }
        if (run.Later is null)
        {
            tail = run.Earlier;
        }
        else
        {
            run.Later.Earlier = run.Earlier;
        }
        run.Earlier = null;
        run.Later = null;
    }
}
