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

    /// <exception cref="InputException">The machine has not got the memory.</exception>
    public LiveEngines(SimulatedCluster cluster, LiveModels models)
    {
        int threads = Math.Max(1, Environment.ProcessorCount / Math.Max(1, cluster.Kinds.Count(kind => kind.Written.IsOnCpu)));
        for (int worker = 0; worker < cluster.Kinds.Count; worker++)
        {
            ResolvedEngine kind = cluster.Kinds[worker];
            all.Add(kind.Written.IsOnCpu ? Computing(kind, models.Open(kind), threads) : new NullEngine(new PacedStepTimes(cluster.Costs[worker])));
        }
    }

    /// <summary>By worker.</summary>
    public IReadOnlyList<LiveEngine> All => all;

    public void Dispose()
    {
        foreach (IEngine engine in computing)
        {
            engine.Dispose();
        }
    }

    private ModelEngine Computing(ResolvedEngine kind, ModelWeights weights, int threads)
    {
        CpuEngineOptions options = new() { BlockSize = kind.Settings.BlockSize, Blocks = kind.Settings.NumBlocks, Threads = kind.Written.Threads ?? threads };
        try
        {
            computing.Add(new CpuEngine(weights, options));
        }
        catch (OutOfMemoryException)
        {
            Dispose();
            throw new InputException(kind.Written.Mark, $"cluster.engines.{kind.Settings.Name}: no memory for {kind.Settings.NumBlocks} blocks of KV; allowed: a smaller num_blocks");
        }
        Warmup.Run(computing[^1]);
        return new ModelEngine(computing[^1], new StreamTokens(weights.Shape.Vocabulary, weights.Shape.StopTokens));
    }
}
