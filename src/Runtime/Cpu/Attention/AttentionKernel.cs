using System.Runtime.Intrinsics;
using Cortex.Runtime.Cpu.Kernels;
using Cortex.Runtime.Cpu.Products;
using Cortex.Runtime.Engines.Forward;

namespace Cortex.Runtime.Cpu.Attention;

/// <summary>
/// The inner loops of attention, for query rows against a block or a chunk. Each lane is a position (scores) or a number of the value (sums), and
/// each is added up in order, so that the result of a row does not depend on which other rows are at hand. Rows come in groups of 2, 4 or 8, filled
/// up with rows that see nothing.
/// </summary>
internal abstract unsafe class AttentionKernel
{
    /// <summary>Strips that scores are computed for together, at most: there must be room for so many, whatever the chunk.</summary>
    public const int MaxStrips = 4;

    /// <summary>A row of scores is filled up to a multiple of it, so that its sum is the same at every width.</summary>
    public const int FillUp = 16;

    /// <summary>Positions in a strip: what a vector holds.</summary>
    public abstract int StripPositions { get; }

    /// <summary>The widest kernel up to <paramref name="most"/> whose lanes divide a block and a head.</summary>
    public static AttentionKernel Of(SimdTier most, KvType type, int blockSize, int head)
    {
        bool Divides(SimdTier tier, int lanes) => most >= tier && blockSize % lanes == 0 && head % lanes == 0;
        return Divides(SimdTier.V512, Lanes512.Count) ? Of<Lanes512, Vector512<float>>(type, blockSize, head)
            : Divides(SimdTier.V256, Lanes256.Count) ? Of<Lanes256, Vector256<float>>(type, blockSize, head)
            : Divides(SimdTier.V128, Lanes128.Count) ? Of<Lanes128, Vector128<float>>(type, blockSize, head)
            : Of<OneLane, float>(type, blockSize, head);
    }

    /// <summary>Rows in a group when there are so many.</summary>
    public static int GroupRows(int rows) => rows <= 2 ? 2 : rows <= 4 ? 4 : 8;

    /// <summary>Scores of all rows against some strips of keys.</summary>
    /// <param name="groupRows">Rows in a group.</param>
    /// <param name="groups">Groups.</param>
    /// <param name="queries">Group after group, each [head, row].</param>
    /// <param name="strips">Address of the first number of each strip's keys; the next number is a block further.</param>
    /// <param name="scores">[row, position]; up to <see cref="MaxStrips"/> − 1 strips more than asked are written.</param>
    /// <param name="stride">From row to row of scores.</param>
    public abstract void Scores(int groupRows, int groups, float* queries, ReadOnlySpan<nint> strips, float* scores, int stride);

    /// <summary>Turns a row's scores into e^(score − maximum).</summary>
    /// <param name="scores">The row; beyond <paramref name="visible"/> they become 0, up to the next multiple of <see cref="FillUp"/>.</param>
    /// <param name="visible">Positions that the row sees, at least 1.</param>
    /// <param name="count">Scores in all, whole blocks.</param>
    /// <param name="sum">Sum of the exponentials.</param>
    /// <returns>The maximum.</returns>
    public abstract float Exponentials(float* scores, int visible, int count, out float sum);

    /// <summary>Adds weighted values of the first <paramref name="positions"/> of a block to all rows.</summary>
    /// <param name="groupRows">Rows in a group.</param>
    /// <param name="groups">Groups.</param>
    /// <param name="weights">First row's first weight of the block.</param>
    /// <param name="stride">From row to row of weights.</param>
    /// <param name="values">[position, head].</param>
    /// <param name="sums">[row, head].</param>
    public abstract void AddValues(int groupRows, int groups, float* weights, int stride, byte* values, int positions, float* sums);

    /// <summary>Merges the next result (maximum, sum, vector not yet divided) into the one before it.</summary>
    public abstract void Merge(ref float max, ref float sum, float* vector, float nextMax, float nextSum, float* next);

    /// <summary>Divides a vector by its sum.</summary>
    public abstract void Divide(float* vector, float sum, float* into);

    private static AttentionKernel Of<TLanes, TVec>(KvType type, int blockSize, int head)
        where TLanes : struct, ILanes<TVec>
        where TVec : struct => type == KvType.F32
            ? new AttentionKernel<TLanes, TVec, F32Numbers<TLanes, TVec>>(blockSize, head)
            : new AttentionKernel<TLanes, TVec, Bf16Numbers<TLanes, TVec>>(blockSize, head);
}
