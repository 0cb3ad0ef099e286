using System.Runtime.InteropServices;
using Cortex.CostModels;
using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Runtime.Engines;

/// <summary>Steps take as long as a cost model says.</summary>
/// <param name="cost">The engine's cost model.</param>
public sealed class PacedStepTimes(IStepCost cost) : IStepTimes
{
    /// <inheritdoc/>
    public Duration Of(StepPlan plan) => Duration.FromSeconds(cost.Seconds(
        new()
        {
            Tokens = plan.Tokens,
            DecodeSequences = plan.DecodeSequences,
            DecodeContext = plan.DecodeContext,
            Prefills = CollectionsMarshal.AsSpan(plan.Prefills),
        },
        out _));
}
