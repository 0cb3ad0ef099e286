using System.Runtime.CompilerServices;

namespace Cortex.Runtime.Cpu.Products;

/// <summary>
/// Multiplies some rows of a batch by one panel of weights (two vectors' worth of outputs, a line for each column). The sums of all outputs stay in
/// registers while the columns go by in order, so that a weight is widened once for all rows, and each sum is the same chain of fused
/// multiplications and additions whatever the width of vectors, the rows beside it and the threads.
/// </summary>
internal static unsafe class PanelKernel<S, W, V>
    where S : struct, ISimd<V>
    where W : struct, IWeightLines<V>
    where V : unmanaged
{
    // A batch keeps the registers busy for so long with each line that the processor does not look far enough ahead by itself.
    private const int Ahead = 4096;

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
        nint panel = (nint)columns * W.LineBytes;
        byte* line1 = line + panel, line2 = line1 + panel, line3 = line2 + panel;
        V low0 = default, high0 = default;
        V low1 = default, high1 = default;
        V low2 = default, high2 = default;
        V low3 = default, high3 = default;
        for (nint at = 0; at < panel; at += W.LineBytes, x++)
        {
            V value = S.Broadcast(*x);
            W.Load(line + at, out V low, out V high);
            low0 = S.MultiplyAdd(low, value, low0);
            high0 = S.MultiplyAdd(high, value, high0);
            W.Load(line1 + at, out low, out high);
            low1 = S.MultiplyAdd(low, value, low1);
            high1 = S.MultiplyAdd(high, value, high1);
            W.Load(line2 + at, out low, out high);
            low2 = S.MultiplyAdd(low, value, low2);
            high2 = S.MultiplyAdd(high, value, high2);
            W.Load(line3 + at, out low, out high);
            low3 = S.MultiplyAdd(low, value, low3);
            high3 = S.MultiplyAdd(high, value, high3);
        }
        Put(sums, 0, low0, high0);
        Put(sums, 1, low1, high1);
        Put(sums, 2, low2, high2);
        Put(sums, 3, low3, high3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(byte* line, float* x, int columns, float* sums)
    {
        V low0 = default, high0 = default;
        for (float* end = x + ((nint)columns * 1); x < end; x += 1, line += W.LineBytes)
        {
            Prefetch.Line(line + Ahead);
            W.Load(line, out V low, out V high);
            V value = S.Broadcast(x[0]);
            low0 = S.MultiplyAdd(low, value, low0);
            high0 = S.MultiplyAdd(high, value, high0);
        }
        Put(sums, 0, low0, high0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two(byte* line, float* x, int columns, float* sums)
    {
        V low0 = default, high0 = default;
        V low1 = default, high1 = default;
        for (float* end = x + ((nint)columns * 2); x < end; x += 2, line += W.LineBytes)
        {
            Prefetch.Line(line + Ahead);
            W.Load(line, out V low, out V high);
            V value = S.Broadcast(x[0]);
            low0 = S.MultiplyAdd(low, value, low0);
            high0 = S.MultiplyAdd(high, value, high0);
            value = S.Broadcast(x[1]);
            low1 = S.MultiplyAdd(low, value, low1);
            high1 = S.MultiplyAdd(high, value, high1);
        }
        Put(sums, 0, low0, high0);
        Put(sums, 1, low1, high1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(byte* line, float* x, int columns, float* sums)
    {
        V low0 = default, high0 = default;
        V low1 = default, high1 = default;
        V low2 = default, high2 = default;
        V low3 = default, high3 = default;
        for (float* end = x + ((nint)columns * 4); x < end; x += 4, line += W.LineBytes)
        {
            Prefetch.Line(line + Ahead);
            W.Load(line, out V low, out V high);
            V value = S.Broadcast(x[0]);
            low0 = S.MultiplyAdd(low, value, low0);
            high0 = S.MultiplyAdd(high, value, high0);
            value = S.Broadcast(x[1]);
            low1 = S.MultiplyAdd(low, value, low1);
            high1 = S.MultiplyAdd(high, value, high1);
            value = S.Broadcast(x[2]);
            low2 = S.MultiplyAdd(low, value, low2);
            high2 = S.MultiplyAdd(high, value, high2);
            value = S.Broadcast(x[3]);
            low3 = S.MultiplyAdd(low, value, low3);
            high3 = S.MultiplyAdd(high, value, high3);
        }
        Put(sums, 0, low0, high0);
        Put(sums, 1, low1, high1);
        Put(sums, 2, low2, high2);
        Put(sums, 3, low3, high3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Six(byte* line, float* x, int columns, float* sums)
    {
        V low0 = default, high0 = default;
        V low1 = default, high1 = default;
        V low2 = default, high2 = default;
        V low3 = default, high3 = default;
        V low4 = default, high4 = default;
        V low5 = default, high5 = default;
        for (float* end = x + ((nint)columns * 6); x < end; x += 6, line += W.LineBytes)
        {
            Prefetch.Line(line + Ahead);
            W.Load(line, out V low, out V high);
            V value = S.Broadcast(x[0]);
            low0 = S.MultiplyAdd(low, value, low0);
            high0 = S.MultiplyAdd(high, value, high0);
            value = S.Broadcast(x[1]);
            low1 = S.MultiplyAdd(low, value, low1);
            high1 = S.MultiplyAdd(high, value, high1);
            value = S.Broadcast(x[2]);
            low2 = S.MultiplyAdd(low, value, low2);
            high2 = S.MultiplyAdd(high, value, high2);
            value = S.Broadcast(x[3]);
            low3 = S.MultiplyAdd(low, value, low3);
            high3 = S.MultiplyAdd(high, value, high3);
            value = S.Broadcast(x[4]);
            low4 = S.MultiplyAdd(low, value, low4);
            high4 = S.MultiplyAdd(high, value, high4);
            value = S.Broadcast(x[5]);
            low5 = S.MultiplyAdd(low, value, low5);
            high5 = S.MultiplyAdd(high, value, high5);
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
        V low0 = default, high0 = default;
        V low1 = default, high1 = default;
        V low2 = default, high2 = default;
        V low3 = default, high3 = default;
        V low4 = default, high4 = default;
        V low5 = default, high5 = default;
        V low6 = default, high6 = default;
        V low7 = default, high7 = default;
        for (float* end = x + ((nint)columns * 8); x < end; x += 8, line += W.LineBytes)
        {
            Prefetch.Line(line + Ahead);
            W.Load(line, out V low, out V high);
            V value = S.Broadcast(x[0]);
            low0 = S.MultiplyAdd(low, value, low0);
            high0 = S.MultiplyAdd(high, value, high0);
            value = S.Broadcast(x[1]);
            low1 = S.MultiplyAdd(low, value, low1);
            high1 = S.MultiplyAdd(high, value, high1);
            value = S.Broadcast(x[2]);
            low2 = S.MultiplyAdd(low, value, low2);
            high2 = S.MultiplyAdd(high, value, high2);
            value = S.Broadcast(x[3]);
            low3 = S.MultiplyAdd(low, value, low3);
            high3 = S.MultiplyAdd(high, value, high3);
            value = S.Broadcast(x[4]);
            low4 = S.MultiplyAdd(low, value, low4);
            high4 = S.MultiplyAdd(high, value, high4);
            value = S.Broadcast(x[5]);
            low5 = S.MultiplyAdd(low, value, low5);
            high5 = S.MultiplyAdd(high, value, high5);
            value = S.Broadcast(x[6]);
            low6 = S.MultiplyAdd(low, value, low6);
            high6 = S.MultiplyAdd(high, value, high6);
            value = S.Broadcast(x[7]);
            low7 = S.MultiplyAdd(low, value, low7);
            high7 = S.MultiplyAdd(high, value, high7);
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
        V low0 = default, high0 = default;
        V low1 = default, high1 = default;
        V low2 = default, high2 = default;
        V low3 = default, high3 = default;
        V low4 = default, high4 = default;
        V low5 = default, high5 = default;
        V low6 = default, high6 = default;
        V low7 = default, high7 = default;
        V low8 = default, high8 = default;
        V low9 = default, high9 = default;
        V low10 = default, high10 = default;
        V low11 = default, high11 = default;
        for (float* end = x + ((nint)columns * 12); x < end; x += 12, line += W.LineBytes)
        {
            Prefetch.Line(line + Ahead);
            W.Load(line, out V low, out V high);
            V value = S.Broadcast(x[0]);
            low0 = S.MultiplyAdd(low, value, low0);
            high0 = S.MultiplyAdd(high, value, high0);
            value = S.Broadcast(x[1]);
            low1 = S.MultiplyAdd(low, value, low1);
            high1 = S.MultiplyAdd(high, value, high1);
            value = S.Broadcast(x[2]);
            low2 = S.MultiplyAdd(low, value, low2);
            high2 = S.MultiplyAdd(high, value, high2);
            value = S.Broadcast(x[3]);
            low3 = S.MultiplyAdd(low, value, low3);
            high3 = S.MultiplyAdd(high, value, high3);
            value = S.Broadcast(x[4]);
            low4 = S.MultiplyAdd(low, value, low4);
            high4 = S.MultiplyAdd(high, value, high4);
            value = S.Broadcast(x[5]);
            low5 = S.MultiplyAdd(low, value, low5);
            high5 = S.MultiplyAdd(high, value, high5);
            value = S.Broadcast(x[6]);
            low6 = S.MultiplyAdd(low, value, low6);
            high6 = S.MultiplyAdd(high, value, high6);
            value = S.Broadcast(x[7]);
            low7 = S.MultiplyAdd(low, value, low7);
            high7 = S.MultiplyAdd(high, value, high7);
            value = S.Broadcast(x[8]);
            low8 = S.MultiplyAdd(low, value, low8);
            high8 = S.MultiplyAdd(high, value, high8);
            value = S.Broadcast(x[9]);
            low9 = S.MultiplyAdd(low, value, low9);
            high9 = S.MultiplyAdd(high, value, high9);
            value = S.Broadcast(x[10]);
            low10 = S.MultiplyAdd(low, value, low10);
            high10 = S.MultiplyAdd(high, value, high10);
            value = S.Broadcast(x[11]);
            low11 = S.MultiplyAdd(low, value, low11);
            high11 = S.MultiplyAdd(high, value, high11);
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
    private static void Put(float* sums, int row, V low, V high)
    {
        S.Store(low, sums + (2 * row * S.Width));
        S.Store(high, sums + (((2 * row) + 1) * S.Width));
    }
}
