namespace Cortex.Peers.Tests.Aisimulate.Plain;

/// <summary>A worker's blocks, each an object. Rules 5 to 7 of <c>peers/aisimulate/README.md</c>.</summary>
internal sealed class PlainCache(int total)
{
    /// <summary>Full blocks by content, oldest copy first.</summary>
    private readonly Dictionary<BlockContent, List<PlainBlock>> copies = [];

    /// <summary>Full blocks without owner, the least recent first.</summary>
    private readonly LinkedList<PlainBlock> cached = [];

    private int unused = total;

    public int Total { get; } = total;
    public int Free => unused + cached.Count;
    public int Owned => Total - Free;

    public PlainBlock? Find(BlockContent content) => copies.TryGetValue(content, out List<PlainBlock>? found) ? found[0] : null;

    public PlainBlock Take()
    {
        if (unused > 0)
        {
            unused--;
        }
        else
        {
            PlainBlock oldest = cached.First!.Value;
            cached.RemoveFirst();
            List<PlainBlock> same = copies[oldest.Content!.Value];
            same.Remove(oldest);
            if (same.Count == 0)
            {
                copies.Remove(oldest.Content.Value);
            }
        }
        return new PlainBlock { Owners = 1 };
    }

    public void Share(PlainBlock block)
    {
        if (block.Owners++ == 0)
        {
            cached.Remove(block.Place!);
        }
    }

    /// <summary>The block is full: it can be found from now on.</summary>
    public void Fill(PlainBlock block, BlockContent content)
    {
        block.Content = content;
        if (!copies.TryGetValue(content, out List<PlainBlock>? same))
        {
            copies.Add(content, same = []);
        }
        same.Add(block);
    }

    /// <summary>From the last block to the first.</summary>
    public void Release(List<PlainBlock> blocks)
    {
        for (int i = blocks.Count - 1; i >= 0; i--)
        {
            PlainBlock block = blocks[i];
            if (--block.Owners > 0)
            {
                continue;
            }
            if (block.Content is null)
            {
                unused++;
            }
            else
            {
                block.Place = cached.AddLast(block);
            }
        }
        blocks.Clear();
    }
}

internal sealed class PlainBlock
{
    public BlockContent? Content { get; set; }
    public int Owners { get; set; }
    public LinkedListNode<PlainBlock>? Place { get; set; }
}

/// <summary>Equal contents, and equal contents of all blocks before.</summary>
/// <param name="Scope">Whose ids.</param>
/// <param name="Id">A chained id of the trace, or the place in a request's own tokens.</param>
/// <param name="Part">Which part of the trace's block.</param>
internal readonly record struct BlockContent(string Scope, long Id, int Part);
