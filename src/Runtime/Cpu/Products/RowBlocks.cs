namespace Cortex.Runtime.Cpu.Products;

/// <summary>
/// A batch cut into as few blocks as kernels can take, about equally high: eight rows are two blocks of four where six fit into the registers. The last
/// block is filled up with zeros to the next height that there is.
/// </summary>
/// <param name="rows">Of the batch, at least 1.</param>
/// <param name="maxRows">The highest block that a kernel takes.</param>
internal readonly struct RowBlocks(int rows, int maxRows)
{
    private readonly int high = NextHeight(Quotient(rows, Quotient(rows, maxRows)));

    /// <summary>Heights that <see cref="PanelKernel{TLanes, TLines, TVec}"/> has, in order.</summary>
    private static ReadOnlySpan<int> Heights => [1, 2, 4, 6, 8, 12];

    public int Rows => rows;

    public int Count => Quotient(rows, high);

    /// <summary>Rows that the kernels compute for all blocks.</summary>
    public long PaddedRows => Start(Count - 1) + Height(Count - 1);

    /// <summary>Rows of the batch before this block.</summary>
    public int Start(int block) => block * high;

    /// <summary>Rows of the batch in this block.</summary>
    public int RowsIn(int block) => Math.Min(high, rows - Start(block));

    /// <summary>Rows that the kernel computes for it.</summary>
    public int Height(int block) => NextHeight(RowsIn(block));

    private static int NextHeight(int rows)
    {
        foreach (int height in Heights)
        {
            if (height >= rows)
            {
                return height;
            }
        }
        throw new ArgumentOutOfRangeException(nameof(rows));
    }

    /// <summary>Rounded up.</summary>
    private static int Quotient(int a, int b) => (a + b - 1) / b;
}
