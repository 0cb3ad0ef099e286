using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cortex.CostModels;
using Cortex.Serving;

namespace Cortex.Sim;

/// <summary>What a cost model gets to know of a planned step.</summary>
public static class PlannedShape
{
    /// <summary>The shape of a step of the run that a plan begins.</summary>
    /// <param name="plan">Not changed while the shape is in use.</param>
    /// <param name="steps">Steps of the run before it, 0 or more.</param>
    /// <param name="decodingNeighbours">See <see cref="StepShape.DecodingNeighbours"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StepShape ShapeAfter(this StepPlan plan, int steps, double decodingNeighbours) => new()
    {
        Tokens = plan.Tokens,
        DecodeSequences = plan.DecodeSequences,
        DecodeContext = plan.DecodeContext + ((long)steps * plan.DecodeSequences),
        SharedTokens = plan.SharedTokens,
        Prefills = CollectionsMarshal.AsSpan(plan.Prefills),
        DecodingNeighbours = decodingNeighbours,
    };
}
