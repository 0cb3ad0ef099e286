using System.Runtime.InteropServices;
using Cortex.Runtime.Cpu.Memory;
using Cortex.Runtime.Cpu.Products;
using Cortex.Runtime.Engines.Forward;
using Cortex.Runtime.Models;

namespace Cortex.Runtime.Cpu.Attention;

/// <summary>Works on attention items and merges, one at a time, for one KV head.</summary>
/// <param name="shape">The model.</param>
/// <param name="pool">Keys and values.</param>
/// <param name="tier">Widest SIMD to use.</param>
/// <param name="tiling">How items were cut.</param>
internal sealed unsafe class AttentionWorker(ModelShape shape, CpuKvPool pool, SimdTier tier, AttentionTiling tiling)
{
    private readonly AttentionKernel kernel = AttentionKernel.Of(tier, pool.Layout.BlockSize, shape.HeadDim);
    private readonly int head = shape.HeadDim;
    private readonly int group = shape.GroupSize;
    private readonly int blockSize = pool.Layout.BlockSize;

    /// <summary>Numbers in a partial result of one query head: vector, maximum, sum.</summary>
    public int PartialStride => head + 2;

    /// <summary>Scratch for one thread.</summary>
    public AttentionScratch Scratch() => new(tiling.QueryTokens * group, tiling.ChunkTokens, head, blockSize);

    /// <summary>Works on an item for one KV head.</summary>
    /// <param name="partials">[partial, query head, <see cref="PartialStride"/>].</param>
    public void Run(StepInputs step, in AttentionItem item, int layer, int kvHead, CpuRows qkv, CpuRows into, float* partials, AttentionScratch scratch)
    {
        ReadOnlySpan<AttentionQuery> queries = CollectionsMarshal.AsSpan(step.Attention.Queries).Slice(item.FirstQuery, item.Queries);
        ReadOnlySpan<int> table = CollectionsMarshal.AsSpan(step.Blocks)[item.Table..];
        Find(step, queries, item.End, kvHead, qkv, scratch);
        int rows = queries.Length * group;
        for (int start = item.Start; start < item.End; start += tiling.ChunkTokens)
        {
            int end = Math.Min(start + tiling.ChunkTokens, item.End);
            Chunk(table, layer, kvHead, start, end, rows, scratch);
            Take(rows, start, first: start == item.Start, scratch);
        }
        Leave(queries, kvHead, into, partials, scratch);
    }

    /// <summary>Merges a token's partial results for one KV head.</summary>
    public void Merge(in AttentionMerge merge, int kvHead, CpuRows into, float* partials)
    {
        for (int g = 0; g < group; g++)
        {
            int queryHead = kvHead * group + g;
            float* state = Partial(partials, merge.First, queryHead);
            for (int i = 1; i < merge.Count; i++)
            {
                float* next = Partial(partials, merge.First + i, queryHead);
                kernel.Merge(ref state[head], ref state[head + 1], state, next[head], next[head + 1], next);
            }
            kernel.Divide(state, state[head + 1], into.Row(merge.Token) + queryHead * head);
        }
    }

    private void Find(StepInputs step, ReadOnlySpan<AttentionQuery> queries, int end, int kvHead, CpuRows qkv, AttentionScratch scratch)
    {
        int row = 0;
        foreach (AttentionQuery query in queries)
        {
            int visible = Math.Min(end, step.Positions[query.Token] + 1);
            float* heads = qkv.Row(query.Token) + kvHead * group * head;
            for (int g = 0; g < group; g++, row++)
            {
                scratch.Queries[row] = (nint)(heads + g * head);
                scratch.Visible[row] = visible;
            }
        }
    }

    /// <summary>What comes of positions from <paramref name="start"/> to <paramref name="end"/>, for each row that sees any of them.</summary>
    private void Chunk(ReadOnlySpan<int> table, int layer, int kvHead, int start, int end, int rows, AttentionScratch scratch)
    {
        int stride = tiling.ChunkTokens;
        ReadOnlySpan<nint> queries = scratch.Queries.AsSpan(0, rows);
        for (int at = start; at < end; at += blockSize)
        {
            byte* block = pool.Head(table[at / blockSize], layer, kvHead);
            kernel.Scores(queries, Widened(block, 0, scratch.Block), scratch.Scores + (at - start), stride);
        }
        int count = (end - start + blockSize - 1) / blockSize * blockSize;
        for (int row = 0; row < rows; row++)
        {
            float* scores = scratch.Scores + row * stride;
            int visible = Math.Min(scratch.Visible[row], end) - start;
            if (visible > 0)
            {
                scratch.ChunkMax[row] = kernel.Exponentials(scores, visible, count, out scratch.ChunkSum[row]);
            }
            else
            {
                new Span<float>(scores, count).Clear();
            }
        }
        new Span<float>(scratch.Chunk, rows * head).Clear();
        for (int at = start; at < end; at += blockSize)
        {
            byte* block = pool.Head(table[at / blockSize], layer, kvHead);
            float* values = Widened(block, pool.ValuesAt, scratch.Block);
            kernel.AddValues(rows, scratch.Scores + (at - start), stride, values, Math.Min(blockSize, end - at), scratch.Chunk);
        }
    }

    private void Take(int rows, int start, bool first, AttentionScratch scratch)
    {
        for (int row = 0; row < rows; row++)
        {
            float* state = scratch.State + row * head;
            float* chunk = scratch.Chunk + row * head;
            if (first)
            {
                new Span<float>(chunk, head).CopyTo(new(state, head));
                scratch.StateMax[row] = scratch.ChunkMax[row];
                scratch.StateSum[row] = scratch.ChunkSum[row];
            }
            else if (scratch.Visible[row] > start)
            {
                kernel.Merge(ref scratch.StateMax[row], ref scratch.StateSum[row], state, scratch.ChunkMax[row], scratch.ChunkSum[row], chunk);
            }
        }
    }

    private void Leave(ReadOnlySpan<AttentionQuery> queries, int kvHead, CpuRows into, float* partials, AttentionScratch scratch)
    {
        int row = 0;
        foreach (AttentionQuery query in queries)
        {
            for (int g = 0; g < group; g++, row++)
            {
                int queryHead = kvHead * group + g;
                float* state = scratch.State + row * head;
                if (query.Partial < 0)
                {
                    kernel.Divide(state, scratch.StateSum[row], into.Row(query.Token) + queryHead * head);
                    continue;
                }
                float* partial = Partial(partials, query.Partial, queryHead);
                new Span<float>(state, head).CopyTo(new(partial, head));
                partial[head] = scratch.StateMax[row];
                partial[head + 1] = scratch.StateSum[row];
            }
        }
    }

    private float* Partial(float* partials, int index, int queryHead) => partials + ((long)index * shape.Heads + queryHead) * PartialStride;

    /// <summary>Keys or values of a head's block in 32 bits.</summary>
    private float* Widened(byte* block, int first, float* scratch)
    {
        if (pool.Layout.Type == KvType.F32)
        {
            return (float*)block + first;
        }
        kernel.Widen((ushort*)block + first, scratch, head * blockSize);
        return scratch;
    }
}
