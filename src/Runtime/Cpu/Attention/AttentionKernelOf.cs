using Cortex.Runtime.Cpu.Kernels;

namespace Cortex.Runtime.Cpu.Attention;

/// <inheritdoc/>
internal sealed unsafe class AttentionKernel<TLanes, TVec>(int blockSize, int head) : AttentionKernel
    where TLanes : struct, ILanes<TVec>
    where TVec : struct
{
    public override void Scores(ReadOnlySpan<nint> queries, float* keys, float* scores, int stride)
    {
        int row = 0;
        for (; row <= queries.Length - 4; row += 4)
        {
            FourRows((float*)queries[row], (float*)queries[row + 1], (float*)queries[row + 2], (float*)queries[row + 3], keys, scores + row * stride, stride);
        }
        for (; row < queries.Length; row++)
        {
            OneRow((float*)queries[row], keys, scores + row * stride);
        }
    }

    public override float Exponentials(float* scores, int visible, int count, out float sum)
    {
        new Span<float>(scores + visible, count - visible).Fill(float.NegativeInfinity);
        float max = float.NegativeInfinity;
        for (int i = 0; i < visible; i++)
        {
            max = MathF.Max(max, scores[i]);
        }
        TVec negative = TLanes.Of(-max);
        TVec sums = TLanes.Zero;
        for (int i = 0; i < count; i += TLanes.Count)
        {
            TVec power = Exponential<TLanes, TVec>.Of(TLanes.Add(TLanes.Load(scores + i), negative));
            TLanes.Store(scores + i, power);
            sums = TLanes.Add(sums, power);
        }
        sum = TLanes.Sum(sums);
        return max;
    }

    public override void AddValues(int rows, float* weights, int stride, float* values, int positions, float* sums)
    {
        int row = 0;
        for (; row <= rows - 4; row += 4)
        {
            AddFourRows(weights + row * stride, stride, values, positions, sums + row * head);
        }
        for (; row < rows; row++)
        {
            AddOneRow(weights + row * stride, values, positions, sums + row * head);
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

    public override void Widen(ushort* from, float* into, int count)
    {
        for (int i = 0; i < count; i += TLanes.Count)
        {
            TLanes.Store(into + i, TLanes.Widen(from + i));
        }
    }

    private void FourRows(float* a, float* b, float* c, float* d, float* keys, float* scores, int stride)
    {
        for (int position = 0; position < blockSize; position += TLanes.Count)
        {
            TVec sumA = TLanes.Zero;
            TVec sumB = TLanes.Zero;
            TVec sumC = TLanes.Zero;
            TVec sumD = TLanes.Zero;
            float* key = keys + position;
            for (int i = 0; i < head; i++, key += blockSize)
            {
                TVec k = TLanes.Load(key);
                sumA = TLanes.Fma(TLanes.Of(a[i]), k, sumA);
                sumB = TLanes.Fma(TLanes.Of(b[i]), k, sumB);
                sumC = TLanes.Fma(TLanes.Of(c[i]), k, sumC);
                sumD = TLanes.Fma(TLanes.Of(d[i]), k, sumD);
            }
            TLanes.Store(scores + position, sumA);
            TLanes.Store(scores + stride + position, sumB);
            TLanes.Store(scores + 2 * stride + position, sumC);
            TLanes.Store(scores + 3 * stride + position, sumD);
        }
    }

    private void OneRow(float* query, float* keys, float* scores)
    {
        for (int position = 0; position < blockSize; position += TLanes.Count)
        {
            TVec sum = TLanes.Zero;
            float* key = keys + position;
            for (int i = 0; i < head; i++, key += blockSize)
            {
                sum = TLanes.Fma(TLanes.Of(query[i]), TLanes.Load(key), sum);
            }
            TLanes.Store(scores + position, sum);
        }
    }

    private void AddFourRows(float* weights, int stride, float* values, int positions, float* sums)
    {
        float* b = weights + stride;
        float* c = b + stride;
        float* d = c + stride;
        for (int i = 0; i < head; i += TLanes.Count)
        {
            TVec sumA = TLanes.Load(sums + i);
            TVec sumB = TLanes.Load(sums + head + i);
            TVec sumC = TLanes.Load(sums + 2 * head + i);
            TVec sumD = TLanes.Load(sums + 3 * head + i);
            float* value = values + i;
            for (int position = 0; position < positions; position++, value += head)
            {
                TVec v = TLanes.Load(value);
                sumA = TLanes.Fma(TLanes.Of(weights[position]), v, sumA);
                sumB = TLanes.Fma(TLanes.Of(b[position]), v, sumB);
                sumC = TLanes.Fma(TLanes.Of(c[position]), v, sumC);
                sumD = TLanes.Fma(TLanes.Of(d[position]), v, sumD);
            }
            TLanes.Store(sums + i, sumA);
            TLanes.Store(sums + head + i, sumB);
            TLanes.Store(sums + 2 * head + i, sumC);
            TLanes.Store(sums + 3 * head + i, sumD);
        }
    }

    private void AddOneRow(float* weights, float* values, int positions, float* sums)
    {
        for (int i = 0; i < head; i += TLanes.Count)
        {
            TVec sum = TLanes.Load(sums + i);
            float* value = values + i;
            for (int position = 0; position < positions; position++, value += head)
            {
                sum = TLanes.Fma(TLanes.Of(weights[position]), TLanes.Load(value), sum);
            }
            TLanes.Store(sums + i, sum);
        }
    }
}
