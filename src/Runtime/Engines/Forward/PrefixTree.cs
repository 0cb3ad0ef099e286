using System.Runtime.InteropServices;

namespace Cortex.Runtime.Engines.Forward;

/// <summary>Rows of a step that begin with the same blocks.</summary>
/// <param name="First">The first of them in <see cref="PrefixTree.Order"/>.</param>
/// <param name="Count">How many, at least 2.</param>
/// <param name="Start">First chunk that lies in the same blocks for them and is not in a node above.</param>
/// <param name="End">Behind the last such chunk.</param>
internal readonly record struct PrefixNode(int First, int Count, int Start, int End);

/// <summary>A row that may share.</summary>
/// <param name="Row">Its number in the step.</param>
/// <param name="Table">Where its table stands in <see cref="StepInputs.Blocks"/>.</param>
/// <param name="Chunks">Chunks, counted from position 0, that all of its tokens see whole.</param>
internal readonly record struct PrefixRow(int Row, int Table, int Chunks);

/// <summary>
/// Finds which rows of a step have the same leading blocks, whoever made it so: forks, prefix hits, branches of branches. Sorting rows by their
/// tables brings those that share side by side; how far neighbours agree then gives the tree.
/// </summary>
internal sealed class PrefixTree
{
    private readonly int chunkBlocks;
    private readonly Comparison<PrefixRow> byTable;
    private readonly List<int> common = [];
    private List<int> blocks = [];

    /// <param name="chunkBlocks">Blocks in a chunk.</param>
    public PrefixTree(int chunkBlocks)
    {
        this.chunkBlocks = chunkBlocks;
        byTable = Compare;
    }

    /// <summary>The rows, those that share side by side.</summary>
    public List<PrefixRow> Order { get; } = [];

    /// <summary>Parents before children.</summary>
    public List<PrefixNode> Nodes { get; } = [];

    public void Clear()
    {
        Order.Clear();
        Nodes.Clear();
    }

    /// <summary>Fills <see cref="Nodes"/> from the rows added to <see cref="Order"/>, which it sorts.</summary>
    public void Find(List<int> blocks)
    {
        this.blocks = blocks;
        Order.Sort(byTable);
        common.Clear();
        for (int i = 0; i < Order.Count; i++)
        {
            common.Add(i == 0 ? 0 : Leading(Order[i - 1]).CommonPrefixLength(Leading(Order[i])) / chunkBlocks);
        }
        Share(0, Order.Count, 0);
    }

    private int Compare(PrefixRow a, PrefixRow b)
    {
        int order = Leading(a).SequenceCompareTo(Leading(b));
        return order != 0 ? order : a.Row.CompareTo(b.Row);
    }

    private ReadOnlySpan<int> Leading(PrefixRow row) => CollectionsMarshal.AsSpan(blocks).Slice(row.Table, row.Chunks * chunkBlocks);

    private void Share(int low, int high, int chunk)
    {
        for (int from = low, to; from < high; from = to)
        {
            int end = int.MaxValue;
            for (to = from + 1; to < high && common[to] > chunk; to++)
            {
                end = Math.Min(end, common[to]);
            }
            if (to - from > 1)
            {
                Nodes.Add(new(from, to - from, chunk, end));
                Share(from, to, end);
            }
        }
    }
}
