using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Runtime.Engines;

/// <summary>How long a null engine spends on each step. Asked by the engine's own thread, once a step, in their order.</summary>
public interface IStepTimes
{
    /// <returns>Time on the run's clock, 0 or more.</returns>
    Duration Of(StepPlan plan);
}
