using Cortex.Runtime.Cpu.Kernels;

namespace Cortex.Runtime.Cpu.Attention;

/// <summary>
/// Scores of a group of rows against strips of keys: 8 sums of a vector each, so that none need wait for the one before it. A few rows take more
/// strips at once, which also keeps more of memory's pages on their way.
/// </summary>
internal static unsafe class ScoreLoops<TLanes, TVec, TKv>
    where TLanes : struct, ILanes<TVec>
    where TVec : struct
    where TKv : struct, IKvNumbers<TVec>
{
    /// <param name="q">[head, 2].</param>
    /// <param name="head">Numbers in a head.</param>
    /// <param name="block">From number to number of a key.</param>
    /// <param name="scores">First row's first score.</param>
    /// <param name="stride">From row to row of scores.</param>
    public static void TwoRows(float* q, int head, byte* keyA, byte* keyB, byte* keyC, byte* keyD, int block, float* scores, int stride)
    {
        TVec a0 = TLanes.Zero, a1 = TLanes.Zero, b0 = TLanes.Zero, b1 = TLanes.Zero;
        TVec c0 = TLanes.Zero, c1 = TLanes.Zero, d0 = TLanes.Zero, d1 = TLanes.Zero;
        long step = (long)block * TKv.Bytes;
        long at = 0;
        for (int i = 0; i < head; i++, at += step, q += 2)
        {
            TVec q0 = TLanes.Of(q[0]);
            TVec q1 = TLanes.Of(q[1]);
            TVec key = TKv.Load(keyA + at);
            a0 = TLanes.Fma(q0, key, a0);
            a1 = TLanes.Fma(q1, key, a1);
            key = TKv.Load(keyB + at);
            b0 = TLanes.Fma(q0, key, b0);
            b1 = TLanes.Fma(q1, key, b1);
            key = TKv.Load(keyC + at);
            c0 = TLanes.Fma(q0, key, c0);
            c1 = TLanes.Fma(q1, key, c1);
            key = TKv.Load(keyD + at);
            d0 = TLanes.Fma(q0, key, d0);
            d1 = TLanes.Fma(q1, key, d1);
        }
        Store(scores, a0, b0);
        Store(scores + 2 * TLanes.Count, c0, d0);
        Store(scores + stride, a1, b1);
        Store(scores + stride + 2 * TLanes.Count, c1, d1);
    }

    /// <param name="q">[head, 4].</param>
    public static void FourRows(float* q, int head, byte* keyA, byte* keyB, int block, float* scores, int stride)
    {
        TVec a0 = TLanes.Zero, a1 = TLanes.Zero, a2 = TLanes.Zero, a3 = TLanes.Zero;
        TVec b0 = TLanes.Zero, b1 = TLanes.Zero, b2 = TLanes.Zero, b3 = TLanes.Zero;
        long step = (long)block * TKv.Bytes;
        long at = 0;
        for (int i = 0; i < head; i++, at += step, q += 4)
        {
            TVec keysA = TKv.Load(keyA + at);
            TVec keysB = TKv.Load(keyB + at);
            TVec x = TLanes.Of(q[0]);
            a0 = TLanes.Fma(x, keysA, a0);
            b0 = TLanes.Fma(x, keysB, b0);
            x = TLanes.Of(q[1]);
            a1 = TLanes.Fma(x, keysA, a1);
            b1 = TLanes.Fma(x, keysB, b1);
            x = TLanes.Of(q[2]);
            a2 = TLanes.Fma(x, keysA, a2);
            b2 = TLanes.Fma(x, keysB, b2);
            x = TLanes.Of(q[3]);
            a3 = TLanes.Fma(x, keysA, a3);
            b3 = TLanes.Fma(x, keysB, b3);
        }
        Store(scores, a0, b0);
        Store(scores + stride, a1, b1);
        Store(scores + 2 * stride, a2, b2);
        Store(scores + 3 * stride, a3, b3);
    }

    /// <param name="q">[head, 8].</param>
    public static void EightRows(float* q, int head, byte* keyA, int block, float* scores, int stride)
    {
        TVec s0 = TLanes.Zero, s1 = TLanes.Zero, s2 = TLanes.Zero, s3 = TLanes.Zero;
        TVec s4 = TLanes.Zero, s5 = TLanes.Zero, s6 = TLanes.Zero, s7 = TLanes.Zero;
        long step = (long)block * TKv.Bytes;
        for (int i = 0; i < head; i++, keyA += step, q += 8)
        {
            TVec keys = TKv.Load(keyA);
            s0 = TLanes.Fma(TLanes.Of(q[0]), keys, s0);
            s1 = TLanes.Fma(TLanes.Of(q[1]), keys, s1);
            s2 = TLanes.Fma(TLanes.Of(q[2]), keys, s2);
            s3 = TLanes.Fma(TLanes.Of(q[3]), keys, s3);
            s4 = TLanes.Fma(TLanes.Of(q[4]), keys, s4);
            s5 = TLanes.Fma(TLanes.Of(q[5]), keys, s5);
            s6 = TLanes.Fma(TLanes.Of(q[6]), keys, s6);
            s7 = TLanes.Fma(TLanes.Of(q[7]), keys, s7);
        }
        TLanes.Store(scores, s0);
        TLanes.Store(scores + stride, s1);
        TLanes.Store(scores + 2 * stride, s2);
        TLanes.Store(scores + 3 * stride, s3);
        TLanes.Store(scores + 4 * stride, s4);
        TLanes.Store(scores + 5 * stride, s5);
        TLanes.Store(scores + 6 * stride, s6);
        TLanes.Store(scores + 7 * stride, s7);
    }

    private static void Store(float* into, TVec first, TVec second)
    {
        TLanes.Store(into, first);
        TLanes.Store(into + TLanes.Count, second);
    }
}
