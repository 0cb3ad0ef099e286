using Cortex.Runtime.Cpu.Products;

namespace Cortex.Runtime.Engines;

/// <summary>Sizes and ways of a CPU engine.</summary>
public sealed record CpuEngineOptions : EngineOptions
{
    /// <summary>Threads that compute, the caller's included; 0: one for each processor. They do not change the result.</summary>
    public int Threads { get; init; }

    /// <summary>Positions after which attention makes a new start and merges, rounded up to whole blocks. Another number rounds otherwise.</summary>
    public int AttentionChunk { get; init; } = 256;

    /// <summary>Widest vectors to use, if the processor has them. They do not change the result.</summary>
    public SimdTier Simd { get; init; } = SimdTier.V512;

    internal override void Check()
    {
        base.Check();
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(AttentionChunk, 1);
    }
}
