namespace Cortex.CostModels;

/// <summary>A GPU as a data file describes it. Peaks are the vendor's; the efficiencies say how much of a peak large kernels reach.</summary>
public sealed record GpuDescription
{
    /// <summary>Short name, as in an experiment file: <c>h100</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where the values come from.</summary>
    public required string Source { get; init; }

    /// <summary>Device memory in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Peak memory bandwidth, bytes per second.</summary>
    public required double MemoryBandwidth { get; init; }

    /// <summary>Peak dense 16-bit tensor FLOP/s.</summary>
    public required double Flops { get; init; }

    /// <summary>NVLink bandwidth of one GPU in one direction, bytes per second.</summary>
    public required double LinkBandwidth { get; init; }

    /// <summary>GPUs joined by NVLink: the largest tensor-parallel degree.</summary>
    public required int GpusPerNode { get; init; }

    /// <summary>Share of <see cref="MemoryBandwidth"/> at which weights are read, 0 to 1.</summary>
    public required double WeightReadEfficiency { get; init; }

    /// <summary>Share of <see cref="Flops"/> of large matrix products, 0 to 1.</summary>
    public required double MatmulEfficiency { get; init; }

    /// <summary>Share of <see cref="MemoryBandwidth"/> at which attention reads KV, 0 to 1.</summary>
    public required double KvReadEfficiency { get; init; }

    /// <summary>Share of <see cref="Flops"/> of causal prefill attention, 0 to 1.</summary>
    public required double AttentionEfficiency { get; init; }

    /// <summary>Seconds of an attention kernel with next to nothing to do.</summary>
    public required double AttentionLatency { get; init; }

    /// <summary>Seconds per layer of all that is neither matrix product, attention nor all-reduce: norms, activation, rotary embedding, launches.</summary>
    public required double LayerOverhead { get; init; }

    /// <summary>Share of <see cref="LinkBandwidth"/> of large all-reduces, 0 to 1.</summary>
    public required double AllReduceEfficiency { get; init; }

    /// <summary>Seconds of an all-reduce with next to nothing to send.</summary>
    public required double AllReduceLatency { get; init; }
}
