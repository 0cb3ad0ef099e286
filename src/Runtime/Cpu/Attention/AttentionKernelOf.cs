using Cortex.Runtime.Cpu.Kernels;

namespace Cortex.Runtime.Cpu.Attention;

/// <inheritdoc/>
internal sealed unsafe class AttentionKernel<TLanes, TVec, TKv>(int blockSize, int head) : AttentionKernel
    where TLanes : struct, ILanes<TVec>
    where TVec : struct
    where TKv : struct, IKvNumbers<TVec>
{
    public override int StripPositions => TLanes.Count;

    public override void Scores(int groupRows, int groups, float* queries, ReadOnlySpan<nint> strips, float* scores, int stride)
    {
        int step = 8 / groupRows;
        for (int strip = 0; strip < strips.Length; strip += step)
        {
            byte* key0 = Key(strips, strip);
            byte* key1 = Key(strips, strip + 1);
            byte* key2 = Key(strips, strip + 2);
            byte* key3 = Key(strips, strip + 3);
            for (int group = 0; group < groups; group++)
            {
                float* q = queries + group * groupRows * head;
                float* s = scores + group * groupRows * stride + strip * TLanes.Count;
                switch (groupRows)
                {
                    case 2:
                        ScoreLoops<TLanes, TVec, TKv>.TwoRows(q, head, key0, key1, key2, key3, blockSize, s, stride);
                        break;
                    case 4:
                        ScoreLoops<TLanes, TVec, TKv>.FourRows(q, head, key0, key1, blockSize, s, stride);
                        break;
                    default:
                        ScoreLoops<TLanes, TVec, TKv>.EightRows(q, head, key0, blockSize, s, stride);
                        break;
                }
            }
        }
    }

    public override float Exponentials(float* scores, int visible, int count, out float sum)
    {
        int padded = (count + FillUp - 1) / FillUp * FillUp;
        new Span<float>(scores + visible, padded - visible).Fill(float.NegativeInfinity);
        TVec largest = TLanes.Load(scores);
        for (int i = TLanes.Count; i < count; i += TLanes.Count)
        {
            largest = TLanes.Max(largest, TLanes.Load(scores + i));
        }
        float max = TLanes.Largest(largest);
        TVec negative = TLanes.Of(-max);
        for (int i = 0; i < padded; i += TLanes.Count)
        {
            TLanes.Store(scores + i, Exponential<TLanes, TVec>.Of(TLanes.Add(TLanes.Load(scores + i), negative)));
        }
        sum = FixedSum<TLanes, TVec>.Of(scores, padded);
        return max;
    }

    public override void AddValues(int groupRows, int groups, float* weights, int stride, byte* values, int positions, float* sums)
    {
        int rows = groupRows * groups;
        if (groupRows == 2)
        {
            for (int row = 0; row < rows; row += 2)
            {
                ValueLoops<TLanes, TVec, TKv>.TwoRows(weights + row * stride, stride, values, head, positions, sums + row * head);
            }
            return;
        }
        for (int row = 0; row < rows; row += 4)
        {
            ValueLoops<TLanes, TVec, TKv>.FourRows(weights + row * stride, stride, values, head, positions, sums + row * head);
        }
    }

    public override void Merge(ref float max, ref float sum, float* vector, float nextMax, float nextSum, float* next)
    {
        float both = MathF.Max(max, nextMax);
        float keep = Exponential<OneLane, float>.Of(max - both);
        float take = Exponential<OneLane, float>.Of(nextMax - both);
        max = both;
        sum = MathF.FusedMultiplyAdd(sum, keep, nextSum * take);
        for (int i = 0; i < head; i += TLanes.Count)
        {
            TVec taken = TLanes.Multiply(TLanes.Load(next + i), TLanes.Of(take));
            TLanes.Store(vector + i, TLanes.Fma(TLanes.Load(vector + i), TLanes.Of(keep), taken));
        }
    }

    public override void Divide(float* vector, float sum, float* into)
    {
        for (int i = 0; i < head; i += TLanes.Count)
        {
            TLanes.Store(into + i, TLanes.Divide(TLanes.Load(vector + i), TLanes.Of(sum)));
        }
    }

    /// <summary>A strip; the last one again behind the end.</summary>
    private static byte* Key(ReadOnlySpan<nint> strips, int index) => (byte*)strips[Math.Min(index, strips.Length - 1)];
}
