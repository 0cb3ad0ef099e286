namespace Cortex.Serving.Kv;

/// <summary>
/// A stretch of consecutive block keys of one chain: a node of the prefix index's radix tree. A key stands for a block's tokens and all
/// tokens before it, so equal places in the tree are equal keys. Every copy on a node covers exactly the node's blocks.
/// </summary>
internal sealed class KeyNode
{
    /// <summary>Never reused, so that a child's place in the hash table is tied to one parent.</summary>
    public long Id;

    public KeyNode? Parent;
    public TokenLabel Label;

    /// <summary>Blocks that the label covers, at least 1; 0 for the root.</summary>
    public int Blocks;

    public int Children;

    /// <summary>Copies in order of publication; a node without any is kept only for its children.</summary>
    public BlockRun? FirstCopy, LastCopy;

    /// <summary>Hash of the first block's tokens.</summary>
    public ulong FirstBlockHash;

    public KeyNode? NextInBucket;

    public bool HasSingleCopy => FirstCopy is not null && FirstCopy == LastCopy;

    public void AddCopy(BlockRun run)
    {
        run.Node = this;
        run.NextCopy = null;
        if (LastCopy is null)
        {
            FirstCopy = run;
        }
        else
        {
            LastCopy.NextCopy = run;
        }
        LastCopy = run;
    }

    public void RemoveCopy(BlockRun run)
    {
        BlockRun? before = null;
        for (BlockRun? copy = FirstCopy; copy != run; copy = copy!.NextCopy)
        {
            before = copy;
        }
        if (before is null)
        {
            FirstCopy = run.NextCopy;
        }
        else
        {
            before.NextCopy = run.NextCopy;
        }
        if (LastCopy == run)
        {
            LastCopy = before;
        }
        run.NextCopy = null;
        run.Node = null;
    }
}
