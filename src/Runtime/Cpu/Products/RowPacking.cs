using Cortex.Runtime.Cpu.Threads;

namespace Cortex.Runtime.Cpu.Products;

/// <summary>Interleaves the rows of each block of a batch, column by column, as <see cref="PanelKernel{S, W, V}"/> reads them. A tile is a stretch of columns of one block.</summary>
internal sealed unsafe class RowPacking : ITileWork
{
    /// <summary>Columns of a tile.</summary>
    public const int Stretch = 256;

    /// <summary>[rows, columns].</summary>
    public float* From { get; set; }

    /// <summary>Blocks behind each other, each [columns, height].</summary>
    public float* To { get; set; }

    public int Columns { get; set; }

    public RowBlocks Blocks { get; set; }

    public int Tiles => Blocks.Count * Stretches;

    private int Stretches => (Columns + Stretch - 1) / Stretch;

    public void Run(int tile, int thread)
    {
        int block = tile / Stretches;
        int first = tile % Stretches * Stretch;
        int last = Math.Min(first + Stretch, Columns);
        int height = Blocks.Height(block);
        int inside = Blocks.RowsIn(block);
        long start = (long)Blocks.Start(block) * Columns;
        for (int row = 0; row < height; row++)
        {
            float* from = From + start + ((long)row * Columns);
            float* to = To + start + row;
            for (int column = first; column < last; column++)
            {
                to[(long)column * height] = row < inside ? from[column] : 0;
            }
        }
    }
}
