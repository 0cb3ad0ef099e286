namespace Cortex.Runtime.Cpu.Products;

/// <summary>A batch cut into blocks of as many rows as a kernel takes at once; the last block is filled up with zeros to the next height that there is.</summary>
internal readonly struct RowBlocks(int rows, int maxRows)
{
    /// <summary>Heights that <see cref="PanelKernel{TLanes, TLines, TVec}"/> has, in order.</summary>
    private static ReadOnlySpan<int> Heights => [1, 2, 4, 6, 8, 12];

    public int Rows => rows;

    public int Count => (rows + maxRows - 1) / maxRows;

    /// <summary>Rows that the kernels compute for all blocks.</summary>
    public long PaddedRows => Count == 0 ? 0 : Start(Count - 1) + Height(Count - 1);

    /// <summary>Rows of the batch before this block.</summary>
    public int Start(int block) => block * maxRows;

    /// <summary>Rows of the batch in this block.</summary>
    public int RowsIn(int block) => Math.Min(maxRows, rows - Start(block));

    /// <summary>Rows that the kernel computes for it.</summary>
    public int Height(int block)
    {
        int inside = RowsIn(block);
        foreach (int height in Heights)
        {
            if (height >= inside)
            {
                return height;
            }
        }
        return maxRows;
    }
}
