using Cortex.Policies;

namespace Cortex.CostModels;

/// <summary>
/// The closed form of Vidur's reference runs: Meta-Llama-3-8B on one A100-80GB without tensor parallelism. Per layer, in milliseconds:
/// linear layers as a roofline in tokens rounded up to 8, saving KV, decode attention in the mean context rounded up to 64, prefill
/// attention in one equivalent chunk; attention of more than one row costs a tenth more. Sampler, embedding, LM head and CPU are not
/// modelled. The operations stand in the order that gives the peer's doubles; do not rearrange them.
/// </summary>
/// <param name="layers">Layers, more than 0; 32 in the reference runs.</param>
public sealed class ClosedFormVidurCost(int layers = 32) : IStepCost
{
    private const double Bandwidth = 0.8 * 2.0e12;
    private const double GemmFlops = 0.6 * 312e12;
    private const double AttentionFlops = 0.25 * 312e12;
    private const double LayerParameters = 218_103_808;
    private const int ContextTile = 64;

    /// <inheritdoc/>
    public double Seconds(scoped in StepShape shape, out int alike)
    {
        alike = 1;
        int rounded = (shape.Tokens + 7) / 8 * 8;
        double layer = 0.030 + (1e3 * Math.Max(2 * LayerParameters / Bandwidth, 2 * LayerParameters * rounded / GemmFlops));
        layer += 0.002 + (1e3 * (shape.Tokens * 2.0 * 8 * 128 * 2 * 2) / Bandwidth);
        if (shape.DecodeSequences > 0)
        {
            long mean = shape.DecodeContext / shape.DecodeSequences;
            long tiled = UpToTile(mean);
            alike = shape.Prefills.IsEmpty ? (int)(tiled - mean) + 1 : 1;
            double rows = shape.DecodeSequences;
            layer += (0.010 + (1e3 * (rows * tiled * 2 * 8 * 128 * 2) / Bandwidth)) * (shape.DecodeSequences > 1 ? 1.1 : 1);
        }
        if (!shape.Prefills.IsEmpty)
        {
            layer += PrefillAttention(shape.Prefills);
        }
        return layers * layer / 1000;
    }

    private static double PrefillAttention(scoped ReadOnlySpan<PrefillChunk> prefills)
    {
        long before = 0;
        double squares = 0;
        foreach (PrefillChunk chunk in prefills)
        {
            before += UpToTile(chunk.Before);
            squares += (double)chunk.Tokens * chunk.Tokens;
        }
        double tokens = Math.Round(Math.Sqrt(squares), MidpointRounding.ToEven);
        double pairs = (tokens * before) + (tokens * tokens / 2);
        return (0.010 + (1e3 * 4 * 32 * 128 * pairs / AttentionFlops)) * (prefills.Length > 1 ? 1.1 : 1);
    }

    private static long UpToTile(long tokens) => (tokens + ContextTile - 1) / ContextTile * ContextTile;
}
