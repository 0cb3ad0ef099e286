namespace Cortex.Runtime.Engines;

/// <summary>
/// Something that really computes the steps that the core plans, over a paged KV pool whose block ids are the core's. Steps and copies run one after
/// another, in the order in which they are asked for, on the one thread that asks; the core never sees a tensor.
/// </summary>
public interface IEngine : IDisposable
{
    /// <summary>Tokens in a block.</summary>
    int BlockSize { get; }

    /// <summary>Blocks in a tier, numbered from 0; 0 if the engine has no such tier.</summary>
    int BlocksIn(KvTier tier);

    /// <summary>Computes the step and writes its KV. When it returns, the step is done.</summary>
    /// <param name="batch">The step; without rows it computes nothing.</param>
    /// <param name="sampled">Takes one token for each row that yields, in order of rows: the likeliest, the smallest id among equals.</param>
    /// <exception cref="ArgumentException">A row names a block that the pool lacks, has fewer blocks than tokens, or a placeholder that stands for nothing.</exception>
    void Run(StepBatch batch, Span<int> sampled);

    /// <summary>Copies whole blocks, one after the other: forks within a tier, moves between tiers. Each is checked by a checksum on arrival.</summary>
    /// <exception cref="ArgumentException">A tier lacks such a block.</exception>
    /// <exception cref="IOException">A block did not come out of its tier as it went in.</exception>
    void CopyBlocks(ReadOnlySpan<BlockCopy> copies);

    /// <summary>Nothing more is known of this sequence: what it sampled last is forgotten.</summary>
    void Forget(int sequence);
}

/// <summary>Where a block of KV lives.</summary>
public enum KvTier : byte
{
    /// <summary>The pool that steps compute over.</summary>
    Device,

    /// <summary>Memory of the host.</summary>
    Host,

    /// <summary>Files.</summary>
    Disk,
}

/// <summary>One block's KV of all layers goes from one place to another; the source stays as it is.</summary>
public readonly record struct BlockCopy(KvTier From, int Source, KvTier To, int Target);
