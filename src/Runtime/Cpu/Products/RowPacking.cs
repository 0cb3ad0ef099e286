using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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

    /// <summary>All tiles, on this thread.</summary>
    public void RunAll()
    {
        for (int tile = 0; tile < Tiles; tile++)
        {
            Run(tile, thread: 0);
        }
    }

    public void Run(int tile, int thread)
    {
        int block = tile / Stretches;
        int first = tile % Stretches * Stretch;
        int last = Math.Min(first + Stretch, Columns);
        int height = Blocks.Height(block);
        int inside = Blocks.RowsIn(block);
        long start = (long)Blocks.Start(block) * Columns;
        float* from = From + start;
        float* to = To + start;
        int row = 0;
        for (; Sse.IsSupported && row + 4 <= inside; row += 4)
        {
            Four(from + ((long)row * Columns), to + row, height, first, last);
        }
        for (; row < height; row++)
        {
            One(row < inside ? from + ((long)row * Columns) : null, to + row, height, first, last);
        }
    }

    private static void One(float* from, float* to, int height, int first, int last)
    {
        for (int column = first; column < last; column++)
        {
            to[(long)column * height] = from is null ? 0 : from[column];
        }
    }

    /// <summary>Four rows, transposed four columns at a time.</summary>
    private void Four(float* from, float* to, int height, int first, int last)
    {
        float* from1 = from + Columns, from2 = from1 + Columns, from3 = from2 + Columns;
        float* at = to + ((long)first * height);
        int column = first;
        for (; column + 4 <= last; column += 4, at += 4 * height)
        {
            Vector128<float> a = Vector128.Load(from + column), b = Vector128.Load(from1 + column);
            Vector128<float> c = Vector128.Load(from2 + column), d = Vector128.Load(from3 + column);
            Vector128<float> ab = Sse.UnpackLow(a, b), cd = Sse.UnpackLow(c, d);
            Sse.MoveLowToHigh(ab, cd).Store(at);
            Sse.MoveHighToLow(cd, ab).Store(at + height);
            ab = Sse.UnpackHigh(a, b);
            cd = Sse.UnpackHigh(c, d);
            Sse.MoveLowToHigh(ab, cd).Store(at + (2 * height));
            Sse.MoveHighToLow(cd, ab).Store(at + (3 * height));
        }
        One(from, to, height, column, last);
        One(from1, to + 1, height, column, last);
        One(from2, to + 2, height, column, last);
        One(from3, to + 3, height, column, last);
    }
}
