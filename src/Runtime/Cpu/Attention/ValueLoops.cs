using Cortex.Runtime.Cpu.Kernels;

namespace Cortex.Runtime.Cpu.Attention;

/// <summary>Adds weighted values of a block to the sums of some rows: 8 vectors of sums at once where a head has as many, then one column of vectors after the other.</summary>
internal static unsafe class ValueLoops<TLanes, TVec, TKv>
    where TLanes : struct, ILanes<TVec>
    where TVec : struct
    where TKv : struct, IKvNumbers<TVec>
{
    /// <param name="weights">First row's first weight.</param>
    /// <param name="stride">From row to row of weights.</param>
    /// <param name="values">[position, head].</param>
    /// <param name="head">Numbers in a head.</param>
    /// <param name="positions">Positions to add.</param>
    /// <param name="sums">[row, head].</param>
    public static void TwoRows(float* weights, int stride, byte* values, int head, int positions, float* sums)
    {
        int i = 0;
        for (; i <= head - 4 * TLanes.Count; i += 4 * TLanes.Count)
        {
            TwoByFour(weights, weights + stride, values + i * TKv.Bytes, head * TKv.Bytes, positions, sums + i, sums + head + i);
        }
        for (; i < head; i += TLanes.Count)
        {
            One(weights, values + i * TKv.Bytes, head * TKv.Bytes, positions, sums + i);
            One(weights + stride, values + i * TKv.Bytes, head * TKv.Bytes, positions, sums + head + i);
        }
    }

    /// <inheritdoc cref="TwoRows"/>
    public static void FourRows(float* weights, int stride, byte* values, int head, int positions, float* sums)
    {
        int i = 0;
        for (; i <= head - 2 * TLanes.Count; i += 2 * TLanes.Count)
        {
            FourByTwo(weights, stride, values + i * TKv.Bytes, head * TKv.Bytes, positions, sums + i, head);
        }
        for (; i < head; i += TLanes.Count)
        {
            for (int row = 0; row < 4; row++)
            {
                One(weights + row * stride, values + i * TKv.Bytes, head * TKv.Bytes, positions, sums + row * head + i);
            }
        }
    }

    private static void TwoByFour(float* weightsA, float* weightsB, byte* value, int step, int positions, float* sumsA, float* sumsB)
    {
        int vector = TLanes.Count;
        TVec a0 = TLanes.Load(sumsA), a1 = TLanes.Load(sumsA + vector), a2 = TLanes.Load(sumsA + 2 * vector), a3 = TLanes.Load(sumsA + 3 * vector);
        TVec b0 = TLanes.Load(sumsB), b1 = TLanes.Load(sumsB + vector), b2 = TLanes.Load(sumsB + 2 * vector), b3 = TLanes.Load(sumsB + 3 * vector);
        int bytes = vector * TKv.Bytes;
        for (int position = 0; position < positions; position++, value += step)
        {
            TVec a = TLanes.Of(weightsA[position]);
            TVec b = TLanes.Of(weightsB[position]);
            TVec v = TKv.Load(value);
            a0 = TLanes.Fma(a, v, a0);
            b0 = TLanes.Fma(b, v, b0);
            v = TKv.Load(value + bytes);
            a1 = TLanes.Fma(a, v, a1);
            b1 = TLanes.Fma(b, v, b1);
            v = TKv.Load(value + 2 * bytes);
            a2 = TLanes.Fma(a, v, a2);
            b2 = TLanes.Fma(b, v, b2);
            v = TKv.Load(value + 3 * bytes);
            a3 = TLanes.Fma(a, v, a3);
            b3 = TLanes.Fma(b, v, b3);
        }
        Store(sumsA, a0, a1);
        Store(sumsA + 2 * vector, a2, a3);
        Store(sumsB, b0, b1);
        Store(sumsB + 2 * vector, b2, b3);
    }

    private static void FourByTwo(float* weightsA, int stride, byte* value, int step, int positions, float* sums, int head)
    {
        int vector = TLanes.Count;
        float* weightsB = weightsA + stride;
        float* weightsC = weightsB + stride;
        float* weightsD = weightsC + stride;
        TVec a0 = TLanes.Load(sums), a1 = TLanes.Load(sums + vector);
        TVec b0 = TLanes.Load(sums + head), b1 = TLanes.Load(sums + head + vector);
        TVec c0 = TLanes.Load(sums + 2 * head), c1 = TLanes.Load(sums + 2 * head + vector);
        TVec d0 = TLanes.Load(sums + 3 * head), d1 = TLanes.Load(sums + 3 * head + vector);
        int bytes = vector * TKv.Bytes;
        for (int position = 0; position < positions; position++, value += step)
        {
            TVec v0 = TKv.Load(value);
            TVec v1 = TKv.Load(value + bytes);
            TVec weight = TLanes.Of(weightsA[position]);
            a0 = TLanes.Fma(weight, v0, a0);
            a1 = TLanes.Fma(weight, v1, a1);
            weight = TLanes.Of(weightsB[position]);
            b0 = TLanes.Fma(weight, v0, b0);
            b1 = TLanes.Fma(weight, v1, b1);
            weight = TLanes.Of(weightsC[position]);
            c0 = TLanes.Fma(weight, v0, c0);
            c1 = TLanes.Fma(weight, v1, c1);
            weight = TLanes.Of(weightsD[position]);
            d0 = TLanes.Fma(weight, v0, d0);
            d1 = TLanes.Fma(weight, v1, d1);
        }
        Store(sums, a0, a1);
        Store(sums + head, b0, b1);
        Store(sums + 2 * head, c0, c1);
        Store(sums + 3 * head, d0, d1);
    }

    private static void One(float* weights, byte* value, int step, int positions, float* sums)
    {
        TVec sum = TLanes.Load(sums);
        for (int position = 0; position < positions; position++, value += step)
        {
            sum = TLanes.Fma(TLanes.Of(weights[position]), TKv.Load(value), sum);
        }
        TLanes.Store(sums, sum);
    }

    private static void Store(float* into, TVec first, TVec second)
    {
        TLanes.Store(into, first);
        TLanes.Store(into + TLanes.Count, second);
    }
}
