using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>Settings of one engine, all resolved (no <c>auto</c>). Names and meanings are vLLM's.</summary>
public sealed record EngineSettings
{
    /// <summary>Name of the engine group in the experiment file.</summary>
    public required string Name { get; init; }

    public ModelId Model { get; init; }

    /// <summary>Batching dialect: <c>vllm-v1</c>, <c>vidur-sarathi</c> or <c>aisimulate</c>.</summary>
    public string Dialect { get; init; } = "vllm-v1";

    /// <summary>Tokens in a KV block.</summary>
    public int BlockSize { get; init; } = 16;

    /// <summary>KV blocks. Under <c>vllm-v1</c> block 0 is never used.</summary>
    public required int NumBlocks { get; init; }

    /// <summary>Token budget of a step.</summary>
    public required int MaxNumBatchedTokens { get; init; }

    public required int MaxNumSeqs { get; init; }

    /// <summary>Limit on running calls below <see cref="MaxNumSeqs"/>; null means the same.</summary>
    public int? MaxNumActiveSeqs { get; init; }

    /// <summary>Prompt and output together.</summary>
    public required int MaxModelLen { get; init; }

    public bool EnablePrefixCaching { get; init; } = true;

    /// <summary>True: the next step is planned while one is in flight (depth 1).</summary>
    public bool AsyncScheduling { get; init; } = true;

    public bool EnableChunkedPrefill { get; init; } = true;

    /// <summary>Largest chunk of one prompt in a step; 0 is no limit.</summary>
    public int LongPrefillTokenThreshold { get; init; }

    public bool LongPrefillTokenThresholdAdaptive { get; init; }

    /// <summary>Admit a call only if its whole known sequence fits.</summary>
    public bool SchedulerReserveFullIsl { get; init; } = true;

    /// <summary>Share of the blocks that admission leaves free.</summary>
    public double Watermark { get; init; }

    /// <summary>Release of the engine that the dialect follows, such as 0.32.</summary>
    public Version Release { get; init; } = new(0, 32);
}
