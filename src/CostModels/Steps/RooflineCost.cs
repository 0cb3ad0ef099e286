using Cortex.Policies;
using System.Numerics;

namespace Cortex.CostModels;

/// <summary>
/// Step time from first principles: each part of a step takes as long as the slower of its memory traffic and its arithmetic, at the
/// efficiencies that the GPU's description gives (Williams, Waterman and Patterson 2009). Predicts time per output token of
/// Llama-3.1-8B in 16 bits on one H100 within 15 % at batch 8 to 128.
/// </summary>
/// <remarks>
/// Parts, added up, per tensor-parallel rank:
/// <list type="bullet">
/// <item>Linear layers: reading their weights once, or 2 FLOP per weight and token, whichever takes longer. Rank's share of both.</item>
/// <item>Decode attention: reading all KV of the decoding rows, one kernel latency per layer. The context is rounded up to 1/64 of its
/// leading power of two (to 64 tokens at least), as kernels read whole tiles; at most 1.6 % too much of this part.</item>
/// <item>Prefill attention, for each chunk: 4 × query heads × head size FLOP for each pair of a new token and a token it sees (a
/// chunk's own pairs are half a square), or reading the KV, whichever takes longer; one kernel latency per layer.</item>
/// <item>LM head: as a linear layer, over one row for each sequence.</item>
/// <item>All-reduces with more than one rank: two per layer, ring traffic of 2 (ranks − 1)/ranks of the activations over NVLink, and
/// a latency each.</item>
/// <item>A fixed overhead per layer.</item>
/// </list>
/// Not modelled: sampler, embedding, writing KV, the host (scheduling, tokenizing, launches outside CUDA graphs), overlap of transfer and
/// arithmetic, uneven ranks, power limits.
/// </remarks>
public sealed class RooflineCost : IStepCost
{
    private const int ContextTileBits = 6;
    private const int ContextSignificantBits = 6;

    private readonly double fixedTime, weightsTime, linearPerToken, headReadTime, headPerRow, allReducePerToken;
    private readonly double attentionLatency, kvReadPerToken, attentionPerPair;

    /// <param name="gpu">Each rank's GPU.</param>
    /// <param name="model">What runs on it.</param>
    /// <param name="tensorParallel">Ranks; must divide the attention heads.</param>
    /// <exception cref="CostModelException">The degree does not suit the model or the node.</exception>
    public RooflineCost(GpuDescription gpu, ModelDescription model, int tensorParallel = 1)
    {
        model.CheckTensorParallel(gpu, tensorParallel);
        double weightBandwidth = gpu.MemoryBandwidth * gpu.WeightReadEfficiency;
        double matmulFlops = gpu.Flops * gpu.MatmulEfficiency;
        double linear = (double)model.Layers * model.LayerMatmulParameters / tensorParallel;
        double head = (double)model.VocabSize * model.HiddenSize / tensorParallel;
        weightsTime = linear * ModelDescription.ElementBytes / weightBandwidth;
        linearPerToken = 2 * linear / matmulFlops;
        headReadTime = head * ModelDescription.ElementBytes / weightBandwidth;
        headPerRow = 2 * head / matmulFlops;

        attentionLatency = model.Layers * gpu.AttentionLatency;
        kvReadPerToken = model.KvBytesPerToken(tensorParallel) / (gpu.MemoryBandwidth * gpu.KvReadEfficiency);
        attentionPerPair = 4.0 * model.Layers * model.AttentionHeads / tensorParallel * model.HeadDim / (gpu.Flops * gpu.AttentionEfficiency);

        fixedTime = model.Layers * gpu.LayerOverhead;
        if (tensorParallel > 1)
        {
            double ring = 2.0 * (tensorParallel - 1) / tensorParallel;
            fixedTime += 2 * model.Layers * gpu.AllReduceLatency;
            allReducePerToken = 2 * model.Layers * ring * model.HiddenSize * ModelDescription.ElementBytes
                / (gpu.LinkBandwidth * gpu.AllReduceEfficiency);
        }
    }

    /// <inheritdoc/>
    public double Seconds(scoped in StepShape shape, out int alike)
    {
        int rows = shape.DecodeSequences + shape.Prefills.Length;
        double time = fixedTime
            + Math.Max(weightsTime, linearPerToken * shape.Tokens)
            + Math.Max(headReadTime, headPerRow * rows)
            + (allReducePerToken * shape.Tokens);
        alike = 1;
        if (shape.DecodeSequences > 0)
        {
            long read = UpToTile(shape.DecodeContext);
            time += attentionLatency + (kvReadPerToken * read);
            if (shape.Prefills.IsEmpty)
            {
                alike = (int)Math.Min(int.MaxValue, ((read - shape.DecodeContext) / shape.DecodeSequences) + 1);
            }
        }
        return shape.Prefills.IsEmpty ? time : time + PrefillAttention(shape.Prefills);
    }

    private double PrefillAttention(scoped ReadOnlySpan<PrefillChunk> prefills)
    {
        double time = attentionLatency;
        foreach (PrefillChunk chunk in prefills)
        {
            double pairs = chunk.Tokens * (chunk.Before + (0.5 * chunk.Tokens));
            double context = (double)chunk.Before + chunk.Tokens;
            time += Math.Max(attentionPerPair * pairs, kvReadPerToken * context);
        }
        return time;
    }

    /// <summary>
    /// Rounds up to a multiple of 2^(k − 6), where 2^k is the largest power of two below the context. Between a context and its rounded
    /// value the multiple stays the same, which is what makes a run of steps alike.
    /// </summary>
    private static long UpToTile(long context)
    {
        int bits = Math.Max(ContextTileBits, BitOperations.Log2((ulong)Math.Max(1, context - 1)) - ContextSignificantBits);
        return ((context + (1L << bits) - 1) >> bits) << bits;
    }
}
