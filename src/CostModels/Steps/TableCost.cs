using Cortex.Policies;

namespace Cortex.CostModels;

/// <summary>
/// Step times from a table of measured steps (<see cref="StepTable"/>): prompt chunks by their tokens and the tokens before them, decodes by how many
/// there are and the tokens that each sees.
/// </summary>
/// <remarks>
/// A step of both takes what a chunk of all its tokens takes, since they pass through the same weights, and what its decodes take longer than decodes
/// with the least context: their attention. Several chunks count as one, with the mean number of tokens before each of theirs.
/// </remarks>
public sealed class TableCost : IStepCost
{
    private readonly TimeGrid prefills;
    private readonly TimeGrid decodes;

    internal TableCost(TimeGrid prefills, TimeGrid decodes)
    {
        this.prefills = prefills;
        this.decodes = decodes;
    }

    /// <inheritdoc/>
    public CostQualification Qualification => CostQualification.Calibrated;

    /// <inheritdoc/>
    public double Seconds(scoped in StepShape shape, out int alike)
    {
        alike = 1;
        double context = (double)shape.DecodeContext / Math.Max(1, shape.DecodeSequences);
        if (shape.Prefills.IsEmpty)
        {
            return decodes.At(shape.DecodeSequences, context);
        }
        (long tokens, double before) = (0, 0);
        foreach (PrefillChunk chunk in shape.Prefills)
        {
            tokens += chunk.Tokens;
            before += (double)chunk.Tokens * chunk.Before;
        }
        double together = prefills.At(shape.Tokens, before / tokens);
        return shape.DecodeSequences == 0
            ? together
            : together + Math.Max(0, decodes.At(shape.DecodeSequences, context) - decodes.At(shape.DecodeSequences, decodes.LeastColumn));
    }
}
