namespace Cortex.Serving.Fleet;

/// <summary>The workers of the pool that serves a stage. What they can serve is fixed, so most calls need not be held against each of them.</summary>
internal sealed class StageWorkers
{
    /// <param name="workers">In ascending order, at least one.</param>
    /// <param name="engines">All engines, by worker.</param>
    public StageWorkers(int[] workers, IReadOnlyList<EngineCore> engines)
    {
        Workers = workers;
        FitsAll = workers.Min(worker => engines[worker].MaxTokens);
        FitsOne = workers.Max(worker => engines[worker].MaxTokens);
    }

    /// <summary>In ascending order.</summary>
    public int[] Workers { get; }

    /// <summary>Prompt and output together, in tokens, that every one of them can serve.</summary>
    public int FitsAll { get; }

    /// <summary>The most that one of them can serve.</summary>
    public int FitsOne { get; }
}
