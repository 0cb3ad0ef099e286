using Cortex.CostModels;

namespace Cortex.Sim.Tests.Laws;

/// <summary>Another cost model's steps in whole nanoseconds, so many times as long.</summary>
internal sealed class ScaledCost(IStepCost inner, int scale) : IStepCost
{
    public StepRounding Rounding => StepRounding.EachStep;

    public double Seconds(scoped in StepShape shape, out int alike) => Math.Round(inner.Seconds(shape, out alike) * 1e9) * scale / 1e9;
}
