using Cortex.CostModels;
using Cortex.Policies;

namespace Cortex.Sim.Parity;

/// <summary>
/// Step times as they were recorded, one after the other. Not pure as other cost models are: the time is that of the step in progress,
/// whatever its shape, so it is only for engines that take steps one by one.
/// </summary>
/// <param name="recorded">In order; the mean of them once they are used up, as a run that goes another way may take more steps.</param>
internal sealed class RecordedStepCost(IReadOnlyList<Duration> recorded) : IStepCost
{
    private readonly double mean = recorded.Count > 0 ? recorded.Average(step => (double)step.Ns) / 1e9 : 0;
    private int step;

    public StepRounding Rounding => StepRounding.EachStep;

    /// <summary>The step in progress has ended.</summary>
    public void Next() => step++;

    public double Seconds(scoped in StepShape shape, out int alike)
    {
        alike = 1;
        return step < recorded.Count ? recorded[step].Seconds : mean;
    }
}
