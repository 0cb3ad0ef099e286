namespace Cortex.CostModels;

/// <summary>What <c>auto</c> means: the defaults of vLLM's API server.</summary>
/// <param name="MaxNumBatchedTokens">Token budget of a step.</param>
/// <param name="MaxNumSeqs">Largest number of running calls.</param>
public readonly record struct EngineDefaults(int MaxNumBatchedTokens, int MaxNumSeqs)
{
    private const long LargeMemory = 70L << 30;

    /// <summary>8192 and 1024 on GPUs of 70 GiB and more except the A100, else 2048 and 256.</summary>
    public static EngineDefaults For(GpuDescription gpu) =>
        gpu.MemoryBytes >= LargeMemory && !gpu.Name.StartsWith("a100", StringComparison.Ordinal) ? new(8192, 1024) : new(2048, 256);
}
