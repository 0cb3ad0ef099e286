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
        for (; row + 4 <= inside; row += 4)
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
        int column = first;
        for (; column + 4 <= last; column += 4)
        {
            (Vector128<float> ab, Vector128<float> ab2) = Zip(Vector128.Load(from + column), Vector128.Load(from1 + column));
            (Vector128<float> cd, Vector128<float> cd2) = Zip(Vector128.Load(from2 + column), Vector128.Load(from3 + column));
            float* at = to + ((long)column * height);
            Vector128.Create(ab.GetLower(), cd.GetLower()).Store(at);
            Vector128.Create(ab.GetUpper(), cd.GetUpper()).Store(at + height);
            Vector128.Create(ab2.GetLower(), cd2.GetLower()).Store(at + (2 * height));
            Vector128.Create(ab2.GetUpper(), cd2.GetUpper()).Store(at + (3 * height));
        }
        One(from, to, height, column, last);
        One(from1, to + 1, height, column, last);
        One(from2, to + 2, height, column, last);
        One(from3, to + 3, height, column, last);
    }

    private static (Vector128<float> Low, Vector128<float> High) Zip(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? (Sse.UnpackLow(a, b), Sse.UnpackHigh(a, b))
        : (Vector128.Create(a[0], b[0], a[1], b[1]), Vector128.Create(a[2], b[2], a[3], b[3]));
}
