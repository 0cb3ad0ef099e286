using System.Runtime.Intrinsics;
using Cortex.Runtime.Cpu.Kernels;
using Cortex.Runtime.Cpu.Products;

namespace Cortex.Runtime.Cpu.Attention;

/// <summary>
/// The inner loops of attention, for query rows against one block or chunk. Each lane is a position (scores) or a number of the value (sums), and
/// each is added up in order, so that the result of a row does not depend on which other rows are at hand.
/// </summary>
internal abstract unsafe class AttentionKernel
{
    /// <summary>The widest kernel up to <paramref name="most"/> whose lanes divide a block and a head.</summary>
    public static AttentionKernel Of(SimdTier most, int blockSize, int head)
    {
        bool Divides(SimdTier tier, int lanes) => most >= tier && blockSize % lanes == 0 && head % lanes == 0;
        return Divides(SimdTier.V512, Lanes512.Count) ? new AttentionKernel<Lanes512, Vector512<float>>(blockSize, head)
            : Divides(SimdTier.V256, Lanes256.Count) ? new AttentionKernel<Lanes256, Vector256<float>>(blockSize, head)
            : Divides(SimdTier.V128, Lanes128.Count) ? new AttentionKernel<Lanes128, Vector128<float>>(blockSize, head)
            : new AttentionKernel<OneLane, float>(blockSize, head);
    }

    /// <summary>Scores of rows against all positions of a block.</summary>
    /// <param name="queries">Address of each row's query.</param>
    /// <param name="keys">[head, position].</param>
    /// <param name="scores">First row's first score of the block.</param>
    /// <param name="stride">From row to row of scores.</param>
    public abstract void Scores(ReadOnlySpan<nint> queries, float* keys, float* scores, int stride);

    /// <summary>Turns a row's scores into e^(score − maximum).</summary>
    /// <param name="scores">The row; beyond <paramref name="visible"/> they become 0.</param>
    /// <param name="visible">Positions that the row sees, at least 1.</param>
    /// <param name="count">Scores in all, whole blocks.</param>
    /// <param name="sum">Sum of the exponentials.</param>
    /// <returns>The maximum.</returns>
    public abstract float Exponentials(float* scores, int visible, int count, out float sum);

    /// <summary>Adds weighted values of the first <paramref name="positions"/> of a block to each row.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="weights">First row's first weight of the block.</param>
    /// <param name="stride">From row to row of weights.</param>
    /// <param name="values">[position, head].</param>
    /// <param name="sums">[row, head].</param>
    public abstract void AddValues(int rows, float* weights, int stride, float* values, int positions, float* sums);

    /// <summary>Merges the next result (maximum, sum, vector not yet divided) into the one before it.</summary>
    public abstract void Merge(ref float max, ref float sum, float* vector, float nextMax, float nextSum, float* next);

    /// <summary>Divides a vector by its sum.</summary>
    public abstract void Divide(float* vector, float sum, float* into);

    /// <summary>Widens bfloat16.</summary>
    /// <param name="count">A multiple of the head.</param>
    public abstract void Widen(ushort* from, float* into, int count);
}
