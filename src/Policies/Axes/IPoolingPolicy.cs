namespace Cortex.Policies;

/// <summary>The stages and workers that a pooling policy divides. Index of a stage: <see cref="StageId.Value"/>; of a worker: <see cref="WorkerId.Value"/>.</summary>
public readonly ref struct ClusterView
{
    public required ReadOnlySpan<string> Stages { get; init; }

    /// <summary>Name of the engine group of each worker.</summary>
    public required ReadOnlySpan<string> Workers { get; init; }
}

/// <summary>The answer of a pooling policy: one pool for each stage and each worker.</summary>
/// <param name="PoolOfStage">By stage index.</param>
/// <param name="PoolOfWorker">By worker index. Every pool that a stage uses needs at least one worker.</param>
public sealed record PoolAssignment(PoolId[] PoolOfStage, PoolId[] PoolOfWorker);

/// <summary>Asked at start: which stages share which workers.</summary>
public interface IPoolingPolicy
{
    /// <exception cref="PolicyException">The cluster cannot be divided as the options ask.</exception>
    PoolAssignment Assign(scoped in ClusterView cluster);
}

/// <summary>A policy's options do not fit the cluster or the workload: bad input, told to the user as it is.</summary>
public sealed class PolicyException(string message) : Exception(message);
