namespace Cortex.CostModels;

/// <summary>
/// How many KV blocks an engine has, reckoned as vLLM does at start: the share of the GPU it may use, less weights, less the peak of a
/// profiling step, less what lives outside the tensor library; the rest is KV. All of one tensor-parallel rank, since ranks are equal.
/// </summary>
/// <remarks>
/// vLLM measures the peak; here it is the larger of two moments of its profiling step with <c>max_num_batched_tokens</c> tokens:
/// inside an MLP (hidden state and residual, the rank's gate, up and activated rows, 2 bytes each), and in the sampler
/// (<c>max_num_seqs</c> rows of logits in 16 bits, in 32 bits and as 32-bit probabilities, beside the hidden state). CUDA context,
/// libraries and graphs are taken as 1 GiB, and 1.75 GiB more for communication buffers with more than one rank. Within 5 % of three
/// start-up logs of vLLM; releases differ by that much. A measured block count is always better: set <c>num_blocks</c>.
/// </remarks>
public sealed record KvCapacity
{
    private const long DeviceBytes = 1L << 30;
    private const long CommunicationBytes = 7L << 28;
    private const int LogitBytes = 2 + 4 + 4;

    /// <summary>Share of the GPU that an engine may use, vLLM's <c>gpu_memory_utilization</c>, unless said otherwise.</summary>
    public const double DefaultUtilization = 0.9;

    /// <summary>Bytes that the engine may use.</summary>
    public required long BudgetBytes { get; init; }

    public required long WeightBytes { get; init; }

    /// <summary>Peak of a profiling step.</summary>
    public required long ActivationBytes { get; init; }

    /// <summary>CUDA context, libraries, graphs, communication buffers.</summary>
    public required long RuntimeBytes { get; init; }

    /// <summary>Bytes of KV of one token.</summary>
    public required long BytesPerToken { get; init; }

    /// <summary>Whole blocks that fit in the rest, at least 2: vLLM never uses block 0.</summary>
    public required int NumBlocks { get; init; }

    /// <param name="gpu">Each rank's GPU.</param>
    /// <param name="model">What runs on it.</param>
    /// <param name="tensorParallel">Ranks.</param>
    /// <param name="blockSize">Tokens in a block, at least 1.</param>
    /// <param name="maxNumBatchedTokens">Token budget of a step.</param>
    /// <param name="maxNumSeqs">Largest number of running calls.</param>
    /// <param name="gpuMemoryUtilization">Share of the GPU, more than 0, at most 1.</param>
    /// <exception cref="CostModelException">The model does not fit, or the degree or the share is not possible.</exception>
    public static KvCapacity Of(
        GpuDescription gpu,
        ModelDescription model,
        int tensorParallel,
        int blockSize,
        int maxNumBatchedTokens,
        int maxNumSeqs,
        double gpuMemoryUtilization = DefaultUtilization)
    {
        model.CheckTensorParallel(gpu, tensorParallel);
        if (!(gpuMemoryUtilization is > 0 and <= 1))
        {
            throw new CostModelException($"gpu_memory_utilization must be more than 0 and at most 1, not {gpuMemoryUtilization}");
        }
        long budget = (long)(gpu.MemoryBytes * gpuMemoryUtilization);
        long weights = model.WeightBytes(tensorParallel);
        long activations = ActivationPeak(model, tensorParallel, maxNumBatchedTokens, maxNumSeqs);
        long runtime = DeviceBytes + (tensorParallel > 1 ? CommunicationBytes : 0);
        long perToken = model.KvBytesPerToken(tensorParallel);
        long blocks = (budget - weights - activations - runtime) / (perToken * blockSize);
        if (blocks < 2)
        {
            throw new CostModelException(
                $"{model.Name} with tp {tensorParallel} does not fit on {gpu.Name}: weights {GiB(weights)}, activations {GiB(activations)} and runtime {GiB(runtime)} of {GiB(budget)} leave no room for KV; use a larger tp or GPU");
        }
        return new()
        {
            BudgetBytes = budget,
            WeightBytes = weights,
            ActivationBytes = activations,
            RuntimeBytes = runtime,
            BytesPerToken = perToken,
            NumBlocks = checked((int)blocks),
        };
    }

    private static long ActivationPeak(ModelDescription model, int tensorParallel, int tokens, int sequences)
    {
        long hidden = (long)tokens * model.HiddenSize * ModelDescription.ElementBytes;
        long mlp = (long)tokens * 3 * model.IntermediateSize / tensorParallel * ModelDescription.ElementBytes;
        long logits = (long)Math.Min(sequences, tokens) * model.VocabSize * LogitBytes;
        return Math.Max((2 * hidden) + mlp, hidden + logits);
    }

    private static string GiB(long bytes) => FormattableString.Invariant($"{bytes / (double)(1L << 30):0.0} GiB");
}
