using System.Runtime.InteropServices;
using Cortex.Runtime.Engines.Forward;
using Cortex.Runtime.Engines.Tiers;
using Cortex.Runtime.Models;

namespace Cortex.Runtime.Engines;

/// <summary>An engine on any device that has <see cref="IKernels"/>: steps checked and written out, attention planned, tiers of KV, placeholders.</summary>
public class PagedEngine : IEngine
{
    private readonly IKernels kernels;
    private readonly LlamaForward forward;
    private readonly KvPool pool;
    private readonly KvTiers tiers;
    private readonly StepReader reader;
    private readonly AttentionPlanner planner;
    private readonly StepInputs inputs = new();
    private int[] likeliest = [];

    /// <param name="weights">The model; must live as long as the engine, which does not dispose of it.</param>
    /// <param name="kernels">The device, made for this model; goes with the engine.</param>
    /// <param name="options">Sizes.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="OutOfMemoryException">The machine has not got so much memory.</exception>
    /// <exception cref="IOException">The file of the disk tier cannot be made.</exception>
    public PagedEngine(ModelWeights weights, IKernels kernels, EngineOptions options)
    {
        options.Check();
        this.kernels = kernels;
        try
        {
            ModelShape shape = weights.Shape;
            BlockSize = options.BlockSize;
            KvLayout layout = new(shape.Layers, shape.KvHeads, shape.HeadDim, options.BlockSize, options.KvType);
            int blockBytes = checked((int)layout.BlockBytes);
            pool = kernels.Pool(layout, options.Blocks);
            tiers = new(
                pool,
                options.HostBlocks > 0 ? new HostTier(options.HostBlocks, blockBytes) : null,
                options.DiskBlocks > 0 ? new DiskTier(options.DiskFolder!, options.DiskBlocks, blockBytes) : null);
            forward = new(weights, kernels);
            reader = new(options.BlockSize, options.Blocks, shape.Vocabulary);
            planner = new(kernels.Tiling, options.BlockSize, shape.KvHeads);
        }
        catch
        {
            kernels.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public int BlocksIn(KvTier tier) => tiers.BlocksIn(tier);

    /// <inheritdoc/>
    public void Run(StepBatch batch, Span<int> sampled)
    {
        bool all = Observer?.AllOutputs ?? false;
        reader.Read(batch, inputs, all);
        if (inputs.Tokens.Count == 0)
        {
            return;
        }
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

    /// <inheritdoc/>
    public void CopyBlocks(ReadOnlySpan<BlockCopy> copies) => tiers.Copy(copies);

    /// <inheritdoc/>
    public void Forget(int sequence) => reader.Forget(sequence);

    /// <summary>Ends the threads and gives memory and files back; no step may be running.</summary>
    public void Dispose()
    {
        forward.Dispose();
        tiers.Dispose();
        pool.Dispose();
        kernels.Dispose();
        GC.SuppressFinalize(this);
    }
}
