using Cortex.Serving;

namespace Cortex.Sim;

/// <summary>How many engines of a machine run a step that only decodes. Such steps are bound by reading memory, and take its bandwidth from each other.</summary>
/// <param name="engines">Of the machine, 1 or more.</param>
public sealed class Neighbours(int engines)
{
    private int decoding;

    /// <summary>Share of the others that decode, 0 to 1, as seen by an engine that has no step in progress.</summary>
    public double Share => engines > 1 ? (double)decoding / (engines - 1) : 0;

    /// <summary>An engine begins this step.</summary>
    public void Begin(StepPlan plan) => decoding += plan.Prefills.Count == 0 ? 1 : 0;

    /// <summary>The step that an engine had begun has ended.</summary>
    public void End(StepPlan plan) => decoding -= plan.Prefills.Count == 0 ? 1 : 0;
}
