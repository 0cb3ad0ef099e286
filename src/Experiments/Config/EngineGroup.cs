namespace Cortex.Experiments.Config;

/// <summary>Engines of one kind: an entry of <c>cluster.engines</c>. Names and meanings are vLLM's; null stands for <c>auto</c>.</summary>
public sealed record EngineGroup
{
    public required string Name { get; init; }
    public required int Count { get; init; }
    public required string Model { get; init; }

    /// <summary>What the engines of a live run do, one of <see cref="EngineKinds"/>.</summary>
    public string Engine { get; init; } = EngineKinds.Paced;

    /// <summary>Threads that one engine on the processor computes with; null: its share of the processors.</summary>
    public int? Threads { get; init; }

    /// <summary>The model is computed on the processor.</summary>
    public bool IsOnCpu => Engine == EngineKinds.Cpu;

    public required string Gpu { get; init; }

    /// <summary>GPUs that share one copy of the model (tensor parallel).</summary>
    public required int Tp { get; init; }

    public required string Dialect { get; init; }

    /// <summary>Release of the engine that the dialect follows, such as 0.32.</summary>
    public required Version Release { get; init; }

    public required int BlockSize { get; init; }
    public int? NumBlocks { get; init; }
    public int? MaxNumBatchedTokens { get; init; }
    public int? MaxNumSeqs { get; init; }
    public int? MaxNumActiveSeqs { get; init; }
    public int? MaxModelLen { get; init; }

    /// <summary>Share of a GPU's memory that the engine may use, above 0 and at most 1; null: the engine's default.</summary>
    public double? GpuMemoryUtilization { get; init; }

    public required bool EnablePrefixCaching { get; init; }
    public required bool AsyncScheduling { get; init; }
    public required bool EnableChunkedPrefill { get; init; }
    public required int LongPrefillTokenThreshold { get; init; }
    public required bool LongPrefillTokenThresholdAdaptive { get; init; }
    public required bool SchedulerReserveFullIsl { get; init; }
    public required double Watermark { get; init; }

    /// <summary>Where the entry was written.</summary>
    public required SourceMark Mark { get; init; }
}
