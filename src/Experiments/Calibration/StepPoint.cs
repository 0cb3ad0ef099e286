using Cortex.CostModels;
using Cortex.Policies;

namespace Cortex.Experiments.Calibration;

/// <summary>A step to be measured: some decodes, all with as much KV, and at most one prompt chunk.</summary>
/// <param name="Decodes">Decode rows, 0 or more.</param>
/// <param name="Context">Tokens that each decode sees, its own included.</param>
/// <param name="Chunk">Tokens of the chunk; 0: there is none.</param>
/// <param name="Before">Tokens before the chunk.</param>
/// <param name="Shared">Leading tokens that all decodes have in common: whole blocks, fewer than <paramref name="Context"/>; 0: each has KV of its own.</param>
/// <param name="BesideDecodes">The machine's other engines decode meanwhile; else they are idle.</param>
/// <param name="IsHeldOut">It is not fitted, so that it can judge the fit.</param>
internal sealed record StepPoint(int Decodes, int Context, int Chunk, int Before, int Shared = 0, bool BesideDecodes = false, bool IsHeldOut = false)
{
    public int Tokens => Decodes + Chunk;

    /// <summary>Tokens that the decodes see, each for itself.</summary>
    public long DecodeContext => (long)Decodes * Context;

    /// <summary>Tokens of KV that they have in common, once for each beyond the first.</summary>
    public long SharedTokens => (long)Math.Max(0, Decodes - 1) * Shared;

    public double Pairs => Chunk == 0 ? 0 : FittedCost.Pairs(new(Before, Chunk));

    public double SecondsBy(IStepCost cost)
    {
        StepShape shape = new()
        {
            Tokens = Tokens,
            DecodeSequences = Decodes,
            DecodeContext = DecodeContext,
            SharedTokens = SharedTokens,
            DecodingNeighbours = BesideDecodes ? 1 : 0,
            Prefills = Chunk == 0 ? [] : new PrefillChunk[] { new(Before, Chunk) },
        };
        return cost.Seconds(shape, out _);
    }
}
