using System.Runtime.InteropServices;
using Cortex.Runtime.Cpu;
using Cortex.Runtime.Cpu.Products;
using Cortex.Runtime.Cpu.Threads;
using Cortex.Runtime.Engines.Forward;
using Cortex.Runtime.Engines.Tiers;
using Cortex.Runtime.Models;

namespace Cortex.Runtime.Engines;

/// <summary>
/// The engine that is always there: a model on the CPU, in SIMD. What a sequence computes depends, bit for bit, neither on who else is in the
/// batch, nor on how its prompt was cut into steps, nor on which blocks hold its KV, nor on threads, nor on the width of vectors.
/// </summary>
public sealed class CpuEngine : IEngine
{
    private readonly WorkCrew crew;
    private readonly CpuKernels kernels;
    private readonly LlamaForward forward;
    private readonly KvPool pool;
    private readonly KvTiers tiers;
    private readonly StepReader reader;
    private readonly AttentionPlanner planner;
    private readonly StepInputs inputs = new();
    private int[] likeliest = [];

    /// <param name="weights">The model; must live as long as the engine, which does not dispose of it.</param>
    /// <param name="options">Sizes.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="OutOfMemoryException">The machine has not got so much memory.</exception>
    /// <exception cref="IOException">The file of the disk tier cannot be made.</exception>
    public CpuEngine(ModelWeights weights, CpuEngineOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BlockSize, 1, nameof(options.BlockSize));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Blocks, 1, nameof(options.Blocks));
        ArgumentOutOfRangeException.ThrowIfNegative(options.HostBlocks, nameof(options.HostBlocks));
        ArgumentOutOfRangeException.ThrowIfNegative(options.DiskBlocks, nameof(options.DiskBlocks));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options.Threads));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.AttentionChunk, 1, nameof(options.AttentionChunk));
        if (options.DiskBlocks > 0 && string.IsNullOrEmpty(options.DiskFolder))
        {
            throw new ArgumentException("Blocks on disk need a folder.", nameof(options));
        }
        ModelShape shape = weights.Shape;
        BlockSize = options.BlockSize;
        crew = new(options.Threads > 0 ? options.Threads : Environment.ProcessorCount);
        AttentionTiling tiling = Tiling(shape, options, crew.Threads);
        kernels = new(shape, tiling, (SimdTier)Math.Min((byte)options.Simd, (byte)SimdTiers.Best), crew);
        KvLayout layout = new(shape.Layers, shape.KvHeads, shape.HeadDim, options.BlockSize, options.KvType);
        int blockBytes = checked((int)layout.BlockBytes);
        pool = kernels.Pool(layout, options.Blocks);
        tiers = new(
            pool,
            options.HostBlocks > 0 ? new HostTier(options.HostBlocks, blockBytes) : null,
            options.DiskBlocks > 0 ? new DiskTier(options.DiskFolder!, options.DiskBlocks, blockBytes) : null);
        forward = new(weights, kernels);
        reader = new(options.BlockSize, options.Blocks, shape.Vocabulary);
        planner = new(tiling, options.BlockSize, shape.KvHeads);
    }

    public int BlockSize { get; }

    /// <summary>Sees everything that is computed, if set: for tests and tools.</summary>
    public IForwardObserver? Observer
    {
        get => forward.Observer;
        set => forward.Observer = value;
    }

    /// <summary>The pool, for tests that poison it.</summary>
    internal KvPool Pool => pool;

    /// <summary>Whether rows that begin with the same blocks read them together, which changes no bit: for tests that show it.</summary>
    internal bool SharesPrefixes
    {
        get => planner.Sharing;
        set => planner.Sharing = value;
    }

    public int BlocksIn(KvTier tier) => tiers.BlocksIn(tier);

    public void Run(StepBatch batch, Span<int> sampled)
    {
        bool all = Observer?.AllOutputs ?? false;
        reader.Read(batch, inputs, all);
        planner.Plan(batch, inputs);
        int outputs = inputs.Outputs.Count;
        if (likeliest.Length < outputs)
        {
            likeliest = new int[outputs];
        }
        forward.Run(inputs, pool, likeliest.AsSpan(0, outputs));
        int output = 0;
        int yielded = 0;
        foreach (BatchRow row in CollectionsMarshal.AsSpan(batch.Rows))
        {
            output += all ? row.Tokens : row.Yields ? 1 : 0;
            if (row.Yields)
            {
                sampled[yielded] = likeliest[output - 1];
                reader.Remember(row.Sequence, sampled[yielded++]);
            }
        }
    }

    public void CopyBlocks(ReadOnlySpan<BlockCopy> copies) => tiers.Copy(copies);

    public void Forget(int sequence) => reader.Forget(sequence);

    public void Dispose()
    {
        forward.Dispose();
        tiers.Dispose();
        pool.Dispose();
        kernels.Dispose();
        crew.Dispose();
    }

    private static AttentionTiling Tiling(ModelShape shape, CpuEngineOptions options, int threads)
    {
        int chunk = (options.AttentionChunk + options.BlockSize - 1) / options.BlockSize * options.BlockSize;
        const int QueryRows = 64;
        const long PartialBytes = 64 << 20;
        long perPartial = (long)shape.Heads * (shape.HeadDim + 2) * sizeof(float);
        return new(chunk, Math.Max(1, QueryRows / shape.GroupSize), 4 * threads, (int)(PartialBytes / perPartial));
    }
}
