using Cortex.Experiments.Config;
using Cortex.Experiments.Simulating;
using Cortex.Runtime.Engines;
using Cortex.Runtime.Models;

namespace Cortex.Experiments.Live;

/// <summary>The engines of one live run: null engines, and models on the processor.</summary>
internal sealed class LiveEngines : IDisposable
{
    private readonly List<IEngine> computing = [];
    private readonly List<LiveEngine> all = [];

    /// <exception cref="InputException">A model cannot be opened, or the machine has not got the memory.</exception>
    public LiveEngines(SimulatedCluster cluster, LiveModels models)
    {
        int onCpu = cluster.Kinds.Count(kind => kind.Written.IsOnCpu);
        try
        {
            for (int worker = 0; worker < cluster.Kinds.Count; worker++)
            {
                ResolvedEngine kind = cluster.Kinds[worker];
                all.Add(kind.Written.IsOnCpu ? Computing(kind, models.Open(kind), onCpu) : new NullEngine(new PacedStepTimes(cluster.Costs[worker])));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>By worker.</summary>
    public IReadOnlyList<LiveEngine> All => all;

    /// <summary>An engine on the processor, warm.</summary>
    /// <param name="engines">How many share the processors.</param>
    /// <exception cref="InputException">The machine has not got the memory.</exception>
    public static CpuEngine Create(ResolvedEngine kind, ModelWeights weights, int engines)
    {
        // The system promises more than it has, and ends who takes it at its word.
        double bytes = (double)CpuEngineSettings.BlockBytes(kind.Model, kind.Settings.BlockSize) * kind.Settings.NumBlocks * kind.Written.Count;
        if (bytes > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)
        {
            throw NoMemory(kind);
        }
        try
        {
            CpuEngine engine = new(weights, new()
            {
                BlockSize = kind.Settings.BlockSize,
                Blocks = kind.Settings.NumBlocks,
                Threads = kind.Written.Threads ?? Math.Max(1, Environment.ProcessorCount / engines),
            });
            Warmup.Run(engine);
            return engine;
        }
        catch (Exception fault) when (fault is OutOfMemoryException or OverflowException)
        {
            throw NoMemory(kind);
        }
    }

    /// <summary>Names of tokens that a model has.</summary>
    public static StreamTokens TokensOf(ModelWeights weights) => new(weights.Shape.Vocabulary, weights.Shape.StopTokens);

    public void Dispose()
    {
        foreach (IEngine engine in computing)
        {
            engine.Dispose();
        }
    }

    private static InputException NoMemory(ResolvedEngine kind) => new(
        kind.Written.Mark,
        $"cluster.engines.{kind.Settings.Name}: no memory for {kind.Settings.NumBlocks} blocks of KV, {kind.Settings.BlockSize} tokens each, in {kind.Written.Count} engines; allowed: a smaller num_blocks, block_size or count");

    private ModelEngine Computing(ResolvedEngine kind, ModelWeights weights, int engines)
    {
        computing.Add(Create(kind, weights, engines));
        return new(computing[^1], TokensOf(weights));
    }
}
