namespace Cortex.Policies;

/// <summary>Where a routing policy reads the candidate workers of a call; implemented by the core.</summary>
public interface ICandidateSource
{
    int Count { get; }

    WorkerView Worker(int index);

    /// <summary>Tokens of the call's prompt whose KV the worker holds, in whole blocks; costs O(segments).</summary>
    int CachedTokens(int index);

    /// <summary>Index of the candidate that served the workflow's last call, or −1.</summary>
    int LastOfWorkflow { get; }
}

/// <summary>The workers that may serve a call, by index from 0. A policy answers with an index and so cannot name a worker that does not exist.</summary>
public readonly ref struct Candidates(ICandidateSource source)
{
    private readonly ICandidateSource source = source;

    public int Count => source.Count;
    public WorkerView this[int index] => source.Worker(index);

    /// <inheritdoc cref="ICandidateSource.CachedTokens"/>
    public int CachedTokens(int index) => source.CachedTokens(index);

    /// <inheritdoc cref="ICandidateSource.LastOfWorkflow"/>
    public int LastOfWorkflow => source.LastOfWorkflow;
}
