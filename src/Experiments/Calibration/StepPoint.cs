using Cortex.CostModels;
using Cortex.Policies;

namespace Cortex.Experiments.Calibration;

/// <summary>A step to be measured: some decodes, all with as much KV, and at most one prompt chunk.</summary>
/// <param name="Decodes">Decode rows, 0 or more.</param>
/// <param name="Context">Tokens that each decode sees, its own included.</param>
/// <param name="Chunk">Tokens of the chunk; 0: there is none.</param>
/// <param name="Before">Tokens before the chunk.</param>
/// <param name="BesideDecodes">The machine's other engines decode meanwhile; else they are idle.</param>
/// <param name="IsHeldOut">It is not fitted, so that it can judge the fit.</param>
internal sealed record StepPoint(int Decodes, int Context, int Chunk, int Before, bool BesideDecodes = false, bool IsHeldOut = false)
{
    public int Tokens => Decodes + Chunk;

    public double Pairs => Chunk == 0 ? 0 : FittedCost.Pairs(new(Before, Chunk));

    public double SecondsBy(IStepCost cost)
    {
        StepShape shape = new()
        {
            Tokens = Tokens,
            DecodeSequences = Decodes,
            DecodeContext = (long)Decodes * Context,
            DecodingNeighbours = BesideDecodes ? 1 : 0,
            Prefills = Chunk == 0 ? [] : new PrefillChunk[] { new(Before, Chunk) },
        };
        return cost.Seconds(shape, out _);
    }
}
