using System.Runtime.CompilerServices;
using Cortex.Runtime.Cpu.Kernels;

namespace Cortex.Runtime.Cpu.Products;

/// <summary>
/// Multiplies some rows of a batch by one panel of weights (two vectors' worth of outputs, a line for each column). The sums of all outputs stay in
/// registers while the columns go by in order, so that a weight is widened once for all rows, and each sum is the same chain of fused
/// multiplications and additions whatever the width of vectors, the rows beside it and the threads.
/// </summary>
internal static unsafe class PanelKernel<TLanes, TLines, TVec>
    where TLanes : struct, ILanes<TVec>
    where TLines : struct, IWeightLines<TVec>
    where TVec : struct
{
    // A batch keeps the registers busy for so long with each line that the processor does not look far enough ahead by itself.
    private const int Ahead = 4096;

    /// <summary>Rows whose sums, two vectors each, fit into the registers: AVX-512 has 32, and others 16 (or more, on ARM).</summary>
    public static int MaxRows => TLanes.Count == 16 ? 12 : 6;

    /// <param name="rows">A height that <see cref="RowBlocks"/> gives for this tier.</param>
    /// <param name="line">First line of the panel.</param>
    /// <param name="x">The rows' inputs, interleaved: first all rows' first column.</param>
    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="sums">Takes two vectors for each row.</param>
    public static void Multiply(int rows, byte* line, float* x, int columns, float* sums)
    {
        switch (rows)
        {
            case 1: One(line, x, columns, sums); break;
            case 2: Two(line, x, columns, sums); break;
            case 4: Four(line, x, columns, sums); break;
            case 6: Six(line, x, columns, sums); break;
            case 8: Eight(line, x, columns, sums); break;
            default: Twelve(line, x, columns, sums); break;
        }
    }

    /// <summary>One row by four panels that lie behind each other: four streams, and enough sums under way to hide the latency of an addition.</summary>
    /// <param name="sums">Takes two vectors for each panel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FourPanels(byte* line, float* x, int columns, float* sums)
    {
        nint panel = (nint)columns * TLines.LineBytes;
        byte* line1 = line + panel, line2 = line1 + panel, line3 = line2 + panel;
        TVec low0 = default, high0 = default;
        TVec low1 = default, high1 = default;
        TVec low2 = default, high2 = default;
        TVec low3 = default, high3 = default;
        for (nint at = 0; at < panel; at += TLines.LineBytes, x++)
        {
            TVec value = TLanes.Of(*x);
            TLines.Load(line + at, out TVec low, out TVec high);
            low0 = TLanes.Fma(low, value, low0);
            high0 = TLanes.Fma(high, value, high0);
            TLines.Load(line1 + at, out low, out high);
            low1 = TLanes.Fma(low, value, low1);
            high1 = TLanes.Fma(high, value, high1);
            TLines.Load(line2 + at, out low, out high);
            low2 = TLanes.Fma(low, value, low2);
            high2 = TLanes.Fma(high, value, high2);
            TLines.Load(line3 + at, out low, out high);
            low3 = TLanes.Fma(low, value, low3);
            high3 = TLanes.Fma(high, value, high3);
        }
        Put(sums, 0, low0, high0);
        Put(sums, 1, low1, high1);
        Put(sums, 2, low2, high2);
        Put(sums, 3, low3, high3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(byte* line, float* x, int columns, float* sums)
    {
        TVec low0 = default, high0 = default;
        for (float* end = x + ((nint)columns * 1); x < end; x += 1, line += TLines.LineBytes)
        {
            Prefetch.Line(line + Ahead);
            TLines.Load(line, out TVec low, out TVec high);
            TVec value = TLanes.Of(x[0]);
            low0 = TLanes.Fma(low, value, low0);
            high0 = TLanes.Fma(high, value, high0);
        }
        Put(sums, 0, low0, high0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two(byte* line, float* x, int columns, float* sums)
    {
        TVec low0 = default, high0 = default;
        TVec low1 = default, high1 = default;
        for (float* end = x + ((nint)columns * 2); x < end; x += 2, line += TLines.LineBytes)
        {
            Prefetch.Line(line + Ahead);
            TLines.Load(line, out TVec low, out TVec high);
            TVec value = TLanes.Of(x[0]);
            low0 = TLanes.Fma(low, value, low0);
            high0 = TLanes.Fma(high, value, high0);
            value = TLanes.Of(x[1]);
            low1 = TLanes.Fma(low, value, low1);
            high1 = TLanes.Fma(high, value, high1);
        }
        Put(sums, 0, low0, high0);
        Put(sums, 1, low1, high1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(byte* line, float* x, int columns, float* sums)
    {
        TVec low0 = default, high0 = default;
        TVec low1 = default, high1 = default;
        TVec low2 = default, high2 = default;
        TVec low3 = default, high3 = default;
        for (float* end = x + ((nint)columns * 4); x < end; x += 4, line += TLines.LineBytes)
        {
            Prefetch.Line(line + Ahead);
            TLines.Load(line, out TVec low, out TVec high);
            TVec value = TLanes.Of(x[0]);
            low0 = TLanes.Fma(low, value, low0);
            high0 = TLanes.Fma(high, value, high0);
            value = TLanes.Of(x[1]);
            low1 = TLanes.Fma(low, value, low1);
            high1 = TLanes.Fma(high, value, high1);
            value = TLanes.Of(x[2]);
            low2 = TLanes.Fma(low, value, low2);
            high2 = TLanes.Fma(high, value, high2);
            value = TLanes.Of(x[3]);
            low3 = TLanes.Fma(low, value, low3);
            high3 = TLanes.Fma(high, value, high3);
        }
        Put(sums, 0, low0, high0);
        Put(sums, 1, low1, high1);
        Put(sums, 2, low2, high2);
        Put(sums, 3, low3, high3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Six(byte* line, float* x, int columns, float* sums)
    {
        TVec low0 = default, high0 = default;
        TVec low1 = default, high1 = default;
        TVec low2 = default, high2 = default;
        TVec low3 = default, high3 = default;
        TVec low4 = default, high4 = default;
        TVec low5 = default, high5 = default;
        for (float* end = x + ((nint)columns * 6); x < end; x += 6, line += TLines.LineBytes)
        {
            Prefetch.Line(line + Ahead);
            TLines.Load(line, out TVec low, out TVec high);
            TVec value = TLanes.Of(x[0]);
            low0 = TLanes.Fma(low, value, low0);
            high0 = TLanes.Fma(high, value, high0);
            value = TLanes.Of(x[1]);
            low1 = TLanes.Fma(low, value, low1);
            high1 = TLanes.Fma(high, value, high1);
            value = TLanes.Of(x[2]);
            low2 = TLanes.Fma(low, value, low2);
            high2 = TLanes.Fma(high, value, high2);
            value = TLanes.Of(x[3]);
            low3 = TLanes.Fma(low, value, low3);
            high3 = TLanes.Fma(high, value, high3);
            value = TLanes.Of(x[4]);
            low4 = TLanes.Fma(low, value, low4);
            high4 = TLanes.Fma(high, value, high4);
            value = TLanes.Of(x[5]);
            low5 = TLanes.Fma(low, value, low5);
            high5 = TLanes.Fma(high, value, high5);
        }
        Put(sums, 0, low0, high0);
        Put(sums, 1, low1, high1);
        Put(sums, 2, low2, high2);
        Put(sums, 3, low3, high3);
        Put(sums, 4, low4, high4);
        Put(sums, 5, low5, high5);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight(byte* line, float* x, int columns, float* sums)
    {
        TVec low0 = default, high0 = default;
        TVec low1 = default, high1 = default;
        TVec low2 = default, high2 = default;
        TVec low3 = default, high3 = default;
        TVec low4 = default, high4 = default;
        TVec low5 = default, high5 = default;
        TVec low6 = default, high6 = default;
        TVec low7 = default, high7 = default;
        for (float* end = x + ((nint)columns * 8); x < end; x += 8, line += TLines.LineBytes)
        {
            Prefetch.Line(line + Ahead);
            TLines.Load(line, out TVec low, out TVec high);
            TVec value = TLanes.Of(x[0]);
            low0 = TLanes.Fma(low, value, low0);
            high0 = TLanes.Fma(high, value, high0);
            value = TLanes.Of(x[1]);
            low1 = TLanes.Fma(low, value, low1);
            high1 = TLanes.Fma(high, value, high1);
            value = TLanes.Of(x[2]);
            low2 = TLanes.Fma(low, value, low2);
            high2 = TLanes.Fma(high, value, high2);
            value = TLanes.Of(x[3]);
            low3 = TLanes.Fma(low, value, low3);
            high3 = TLanes.Fma(high, value, high3);
            value = TLanes.Of(x[4]);
            low4 = TLanes.Fma(low, value, low4);
            high4 = TLanes.Fma(high, value, high4);
            value = TLanes.Of(x[5]);
            low5 = TLanes.Fma(low, value, low5);
            high5 = TLanes.Fma(high, value, high5);
            value = TLanes.Of(x[6]);
            low6 = TLanes.Fma(low, value, low6);
            high6 = TLanes.Fma(high, value, high6);
            value = TLanes.Of(x[7]);
            low7 = TLanes.Fma(low, value, low7);
            high7 = TLanes.Fma(high, value, high7);
        }
        Put(sums, 0, low0, high0);
        Put(sums, 1, low1, high1);
        Put(sums, 2, low2, high2);
        Put(sums, 3, low3, high3);
        Put(sums, 4, low4, high4);
        Put(sums, 5, low5, high5);
        Put(sums, 6, low6, high6);
        Put(sums, 7, low7, high7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Twelve(byte* line, float* x, int columns, float* sums)
    {
        TVec low0 = default, high0 = default;
        TVec low1 = default, high1 = default;
        TVec low2 = default, high2 = default;
        TVec low3 = default, high3 = default;
        TVec low4 = default, high4 = default;
        TVec low5 = default, high5 = default;
        TVec low6 = default, high6 = default;
        TVec low7 = default, high7 = default;
        TVec low8 = default, high8 = default;
        TVec low9 = default, high9 = default;
        TVec low10 = default, high10 = default;
        TVec low11 = default, high11 = default;
        for (float* end = x + ((nint)columns * 12); x < end; x += 12, line += TLines.LineBytes)
        {
            Prefetch.Line(line + Ahead);
            TLines.Load(line, out TVec low, out TVec high);
            TVec value = TLanes.Of(x[0]);
            low0 = TLanes.Fma(low, value, low0);
            high0 = TLanes.Fma(high, value, high0);
            value = TLanes.Of(x[1]);
            low1 = TLanes.Fma(low, value, low1);
            high1 = TLanes.Fma(high, value, high1);
            value = TLanes.Of(x[2]);
            low2 = TLanes.Fma(low, value, low2);
            high2 = TLanes.Fma(high, value, high2);
            value = TLanes.Of(x[3]);
            low3 = TLanes.Fma(low, value, low3);
            high3 = TLanes.Fma(high, value, high3);
            value = TLanes.Of(x[4]);
            low4 = TLanes.Fma(low, value, low4);
            high4 = TLanes.Fma(high, value, high4);
            value = TLanes.Of(x[5]);
            low5 = TLanes.Fma(low, value, low5);
            high5 = TLanes.Fma(high, value, high5);
            value = TLanes.Of(x[6]);
            low6 = TLanes.Fma(low, value, low6);
            high6 = TLanes.Fma(high, value, high6);
            value = TLanes.Of(x[7]);
            low7 = TLanes.Fma(low, value, low7);
            high7 = TLanes.Fma(high, value, high7);
            value = TLanes.Of(x[8]);
            low8 = TLanes.Fma(low, value, low8);
            high8 = TLanes.Fma(high, value, high8);
            value = TLanes.Of(x[9]);
            low9 = TLanes.Fma(low, value, low9);
            high9 = TLanes.Fma(high, value, high9);
            value = TLanes.Of(x[10]);
            low10 = TLanes.Fma(low, value, low10);
            high10 = TLanes.Fma(high, value, high10);
            value = TLanes.Of(x[11]);
            low11 = TLanes.Fma(low, value, low11);
            high11 = TLanes.Fma(high, value, high11);
        }
        Put(sums, 0, low0, high0);
        Put(sums, 1, low1, high1);
        Put(sums, 2, low2, high2);
        Put(sums, 3, low3, high3);
        Put(sums, 4, low4, high4);
        Put(sums, 5, low5, high5);
        Put(sums, 6, low6, high6);
        Put(sums, 7, low7, high7);
        Put(sums, 8, low8, high8);
        Put(sums, 9, low9, high9);
        Put(sums, 10, low10, high10);
        Put(sums, 11, low11, high11);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(float* sums, int row, TVec low, TVec high)
    {
        TLanes.Store(sums + (2 * row * TLanes.Count), low);
        TLanes.Store(sums + (((2 * row) + 1) * TLanes.Count), high);
    }
}
