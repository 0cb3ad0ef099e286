using System.Runtime.InteropServices;
using Cortex.Runtime.Cpu.Memory;
using Cortex.Runtime.Cpu.Products;
using Cortex.Runtime.Cpu.Threads;
using Cortex.Runtime.Engines.Forward;
using Cortex.Runtime.Memory;
using Cortex.Runtime.Models;

namespace Cortex.Runtime.Cpu.Attention;

/// <summary>The attention of a layer, shared by the crew: a tile is an item for one KV head; then, where contexts were split, a merge for one KV head.</summary>
internal sealed unsafe class AttentionWork : IDisposable
{
    private readonly int heads;
    private readonly int kvHeads;
    private readonly AttentionWorker worker;
    private readonly AttentionScratch[] scratch;
    private readonly Items items;
    private readonly Merges merges;
    private AlignedBuffer partials = new(0);
    private StepInputs step = null!;
    private CpuRows qkv = null!;
    private CpuRows into = null!;
    private int layer;

    public AttentionWork(ModelShape shape, CpuKvPool pool, SimdTier tier, AttentionTiling tiling, int threads)
    {
        heads = shape.Heads;
        kvHeads = shape.KvHeads;
        worker = new(shape, pool, tier, tiling);
        scratch = [.. Enumerable.Range(0, threads).Select(_ => worker.Scratch())];
        items = new(this);
        merges = new(this);
    }

    /// <summary>Makes room for a step.</summary>
    public void Reserve(StepInputs step)
    {
        long bytes = (long)step.Attention.Partials * heads * worker.PartialStride * sizeof(float);
        if (bytes > partials.Bytes)
        {
            partials.Dispose();
            partials = new(bytes);
        }
    }

    public void Run(WorkCrew crew, StepInputs step, CpuRows qkv, int layer, CpuRows into)
    {
        this.step = step;
        this.qkv = qkv;
        this.layer = layer;
        this.into = into;
        crew.Run(step.Attention.Items.Count * kvHeads, items);
        if (step.Attention.Merges.Count > 0)
        {
            crew.Run(step.Attention.Merges.Count * kvHeads, merges);
        }
    }

    public void Dispose()
    {
        partials.Dispose();
        foreach (AttentionScratch one in scratch)
        {
            one.Dispose();
        }
    }

    private sealed class Items(AttentionWork all) : ITileWork
    {
        public void Run(int tile, int thread)
        {
            (int item, int head) = Math.DivRem(tile, all.kvHeads);
            all.worker.Run(
                all.step, CollectionsMarshal.AsSpan(all.step.Attention.Items)[item], all.layer, head, all.qkv, all.into,
                (float*)all.partials.Address, all.scratch[thread]);
        }
    }

    private sealed class Merges(AttentionWork all) : ITileWork
    {
        public void Run(int tile, int thread)
        {
            (int merge, int head) = Math.DivRem(tile, all.kvHeads);
            all.worker.Merge(all.step.Attention.Merges[merge], head, all.into, (float*)all.partials.Address);
        }
    }
}
