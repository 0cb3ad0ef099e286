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
    private readonly AttentionKernel kernel = AttentionKernel.Of(tier, pool.Layout.Type, pool.Layout.BlockSize, shape.HeadDim);
    private readonly int head = shape.HeadDim;
    private readonly int group = shape.GroupSize;
    private readonly int blockSize = pool.Layout.BlockSize;

    /// <summary>Numbers in a partial result of one query head: vector, maximum, sum.</summary>
    public int PartialStride => head + 2;

    /// <summary>Scratch for one thread.</summary>
    public AttentionScratch Scratch() => new(tiling.QueryTokens * group, tiling.ChunkTokens, kernel.StripPositions, head);

    /// <summary>Works on an item for one KV head.</summary>
    /// <param name="partials">[partial, query head, <see cref="PartialStride"/>].</param>
    public void Run(StepInputs step, in AttentionItem item, int layer, int kvHead, CpuRows qkv, CpuRows into, float* partials, AttentionScratch scratch)
    {
        ReadOnlySpan<AttentionQuery> queries = CollectionsMarshal.AsSpan(step.Attention.Queries).Slice(item.FirstQuery, item.Queries);
        ReadOnlySpan<int> table = CollectionsMarshal.AsSpan(step.Blocks)[item.Table..];
        Pack(step, queries, item.End, kvHead, qkv, scratch);
        for (int start = item.Start; start < item.End; start += tiling.ChunkTokens)
        {
            int end = Math.Min(start + tiling.ChunkTokens, item.End);
            Weigh(table, layer, kvHead, start, end, scratch);
            if (start == item.Start)
            {
                Add(table, layer, kvHead, start, end, scratch, scratch.State);
                new Span<float>(scratch.ChunkMax, scratch.Rows).CopyTo(new(scratch.StateMax, scratch.Rows));
                new Span<float>(scratch.ChunkSum, scratch.Rows).CopyTo(new(scratch.StateSum, scratch.Rows));
                continue;
            }
            Add(table, layer, kvHead, start, end, scratch, scratch.Chunk);
            MergeChunk(start, scratch);
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

    /// <summary>Queries into groups, number by number; what fills up the last group sees nothing.</summary>
    private void Pack(StepInputs step, ReadOnlySpan<AttentionQuery> queries, int end, int kvHead, CpuRows qkv, AttentionScratch scratch)
    {
        int rows = queries.Length * group;
        int height = AttentionKernel.GroupRows(rows);
        scratch.GroupRows = height;
        scratch.Groups = (rows + height - 1) / height;
        int row = 0;
        foreach (AttentionQuery query in queries)
        {
            int visible = Math.Min(end, step.Positions[query.Token] + 1);
            float* heads = qkv.Row(query.Token) + kvHead * group * head;
            for (int g = 0; g < group; g++, row++)
            {
                scratch.Visible[row] = visible;
                float* to = scratch.Queries + row / height * height * head + row % height;
                for (int i = 0; i < head; i++)
                {
                    to[i * height] = heads[g * head + i];
                }
            }
        }
        for (; row < scratch.Rows; row++)
        {
            scratch.Visible[row] = 0;
        }
    }

    /// <summary>The weights of positions from <paramref name="start"/> to <paramref name="end"/>, for each row; 0 where it does not see.</summary>
    private void Weigh(ReadOnlySpan<int> table, int layer, int kvHead, int start, int end, AttentionScratch scratch)
    {
        int strips = 0;
        int stripBytes = kernel.StripPositions * pool.Layout.ElementBytes;
        for (int at = start; at < end; at += blockSize)
        {
            byte* keys = pool.Head(table[at / blockSize], layer, kvHead);
            for (int i = 0; i < blockSize; i += kernel.StripPositions, keys += stripBytes)
            {
                scratch.Strips[strips++] = (nint)keys;
            }
        }
        kernel.Scores(scratch.GroupRows, scratch.Groups, scratch.Queries, scratch.Strips.AsSpan(0, strips), scratch.Scores, scratch.ScoreStride);
        int count = strips * kernel.StripPositions;
        for (int row = 0; row < scratch.Rows; row++)
        {
            float* scores = scratch.Scores + row * scratch.ScoreStride;
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
    }

    /// <summary>The values of these positions, weighted.</summary>
    private void Add(ReadOnlySpan<int> table, int layer, int kvHead, int start, int end, AttentionScratch scratch, float* sums)
    {
        new Span<float>(sums, scratch.Rows * head).Clear();
        for (int at = start; at < end; at += blockSize)
        {
            byte* values = pool.Head(table[at / blockSize], layer, kvHead) + pool.ValuesAt * pool.Layout.ElementBytes;
            int positions = Math.Min(blockSize, end - at);
            kernel.AddValues(scratch.GroupRows, scratch.Groups, scratch.Scores + (at - start), scratch.ScoreStride, values, positions, sums);
        }
    }

    private void MergeChunk(int start, AttentionScratch scratch)
    {
        for (int row = 0; row < scratch.Rows; row++)
        {
            if (scratch.Visible[row] > start)
            {
                float* state = scratch.State + row * head;
                float* chunk = scratch.Chunk + row * head;
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
}
