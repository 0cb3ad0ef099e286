using Cortex.Runtime.Cpu.Products;
using Cortex.Runtime.Engines.Forward;

namespace Cortex.Runtime.Engines;

/// <summary>Sizes and ways of a CPU engine.</summary>
public sealed record CpuEngineOptions
{
    /// <summary>Tokens in a block, at least 1. A multiple of 16 is fastest.</summary>
    public int BlockSize { get; init; } = 16;

    /// <summary>Blocks in the pool that steps compute over, at least 1.</summary>
    public required int Blocks { get; init; }

    /// <summary>Blocks in the memory tier below it; 0: there is none.</summary>
    public int HostBlocks { get; init; }

    /// <summary>Blocks in files; 0: there are none.</summary>
    public int DiskBlocks { get; init; }

    /// <summary>Where the files go; needed with <see cref="DiskBlocks"/>. Made if it is not there; what the engine puts there goes with it.</summary>
    public string? DiskFolder { get; init; }

    /// <summary>Threads that compute, the caller's included; 0: one for each processor. They do not change the result.</summary>
    public int Threads { get; init; }

    /// <summary>How KV is stored.</summary>
    public KvType KvType { get; init; } = KvType.F32;

    /// <summary>Positions after which attention makes a new start and merges, rounded up to whole blocks. Another number rounds otherwise.</summary>
    public int AttentionChunk { get; init; } = 256;

    /// <summary>Widest vectors to use, if the processor has them. They do not change the result.</summary>
    public SimdTier Simd { get; init; } = SimdTier.V512;
}
