using Cortex.Policies;

namespace Cortex.CostModels;

/// <summary>The estimate of a cost model: what its steps would take on an engine that does nothing else.</summary>
/// <param name="cost">The engine's cost model.</param>
public sealed class StepEstimator(IStepCost cost) : IEstimator
{
    /// <inheritdoc/>
    public Duration Prefill(int tokens, int context)
    {
        if (tokens == 0)
        {
            return Duration.Zero;
        }
        PrefillChunk chunk = new(context, tokens);
        StepShape shape = new() { Tokens = tokens, DecodeSequences = 0, DecodeContext = 0, Prefills = new(in chunk) };
        return Duration.FromSeconds(cost.Seconds(shape, out _));
    }

    /// <inheritdoc/>
    public Duration DecodeStep(int sequences, long context)
    {
        if (sequences == 0)
        {
            return Duration.Zero;
        }
        StepShape shape = new() { Tokens = sequences, DecodeSequences = sequences, DecodeContext = context };
        return Duration.FromSeconds(cost.Seconds(shape, out _));
    }
}
