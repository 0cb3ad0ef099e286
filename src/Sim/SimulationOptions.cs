using Cortex.Policies;

namespace Cortex.Sim;

/// <summary>How the devices of a simulation are modelled beside their step times.</summary>
public sealed record SimulationOptions
{
    /// <summary>CPU time to plan a step. Synchronous engines wait for it; asynchronous ones hide it behind the step in progress.</summary>
    public Duration PlanningTime { get; init; }

    /// <summary>The devices tell of each run of equal steps when its steps ended (<see cref="Serving.StepResult.Stretches"/>), which costs some time.</summary>
    public bool TellSteps { get; init; }
}
