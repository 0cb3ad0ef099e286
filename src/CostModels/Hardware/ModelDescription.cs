namespace Cortex.CostModels;

/// <summary>A dense decoder-only transformer of the Llama or Qwen2 family with 16-bit weights and KV, as a data file describes it.</summary>
public sealed record ModelDescription
{
    /// <summary>Bytes of a weight or KV element.</summary>
    public const int ElementBytes = 2;

    /// <summary>Short name, as in an experiment file: <c>llama-3-8b</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where the values come from.</summary>
    public required string Source { get; init; }

    public required int Layers { get; init; }
    public required int HiddenSize { get; init; }

    /// <summary>Query heads.</summary>
    public required int AttentionHeads { get; init; }

    public required int KvHeads { get; init; }
    public required int HeadDim { get; init; }

    /// <summary>Width of the gated MLP.</summary>
    public required int IntermediateSize { get; init; }

    public required int VocabSize { get; init; }

    /// <summary>Whether the query, key and value projections have a bias.</summary>
    public required bool QkvBias { get; init; }

    /// <summary>Whether the LM head shares the weights of the embedding.</summary>
    public required bool TiedEmbeddings { get; init; }

    /// <summary>Largest prompt and output together; <c>max_model_len: auto</c>.</summary>
    public required int MaxModelLen { get; init; }

    /// <summary>Weights of the matrix products of one layer: query, key, value, output, gate, up, down.</summary>
    public long LayerMatmulParameters =>
        ((long)HiddenSize * HeadDim * ((2 * AttentionHeads) + (2 * KvHeads))) + (3L * HiddenSize * IntermediateSize);

    /// <summary>All weights.</summary>
    public long Parameters => ShardedParameters + NormParameters;

    /// <summary>Weights that tensor parallelism divides.</summary>
    internal long ShardedParameters =>
        (Layers * (LayerMatmulParameters + (QkvBias ? (long)HeadDim * (AttentionHeads + (2 * KvHeads)) : 0)))
        + ((TiedEmbeddings ? 1L : 2L) * VocabSize * HiddenSize);

    /// <summary>Weights of the norms, which every rank holds.</summary>
    internal long NormParameters => ((2L * Layers) + 1) * HiddenSize;

    /// <summary>KV heads that one rank holds; heads are copied where there are more ranks than heads.</summary>
    internal int KvHeadsPerRank(int tensorParallel) => Math.Max(1, KvHeads / tensorParallel);

    /// <summary>Bytes of KV of one token on one tensor-parallel rank.</summary>
    /// <param name="tensorParallel">Ranks, see <see cref="CheckTensorParallel"/>.</param>
    public long KvBytesPerToken(int tensorParallel) => 2L * Layers * KvHeadsPerRank(tensorParallel) * HeadDim * ElementBytes;

    /// <summary>Bytes of weights on one tensor-parallel rank.</summary>
    /// <param name="tensorParallel">Ranks, see <see cref="CheckTensorParallel"/>.</param>
    public long WeightBytes(int tensorParallel) => ((ShardedParameters / tensorParallel) + NormParameters) * ElementBytes;

    /// <summary>Refuses a degree that does not divide the heads, or that needs more GPUs than NVLink joins.</summary>
    /// <exception cref="CostModelException">The degree is not possible.</exception>
    internal void CheckTensorParallel(GpuDescription gpu, int tensorParallel)
    {
        bool possible = tensorParallel >= 1 && tensorParallel <= gpu.GpusPerNode && AttentionHeads % tensorParallel == 0
            && (KvHeads % tensorParallel == 0 || tensorParallel % KvHeads == 0);
        if (!possible)
        {
            throw new CostModelException(
                $"tp {tensorParallel} does not suit {Name} on {gpu.Name}: it must be 1 to {gpu.GpusPerNode}, divide {AttentionHeads} attention heads, and divide or be a multiple of {KvHeads} KV heads");
        }
    }
}
