namespace Cortex.CostModels;

/// <summary>
/// A step costs the same whatever its size: one time if it only prefills, one if it only decodes, one if it does both. The model of
/// scheduler tests.
/// </summary>
public sealed class ConstantCost : IStepCost
{
    private readonly double prefill, decode, both;

    /// <param name="prefill">Seconds of a step with prompt tokens only, more than 0.</param>
    /// <param name="decode">Seconds of a step with decodes only, more than 0.</param>
    /// <param name="both">Seconds of a step with both, more than 0.</param>
    /// <exception cref="CostModelException">A time is not more than 0.</exception>
    public ConstantCost(double prefill, double decode, double both)
    {
        if (!(prefill > 0 && decode > 0 && both > 0))
        {
            throw new CostModelException($"a constant step must take more than 0 s, not prefill {prefill}, decode {decode}, both {both}");
        }
        (this.prefill, this.decode, this.both) = (prefill, decode, both);
    }

    /// <inheritdoc/>
    public StepRounding Rounding => StepRounding.EachStep;

    /// <inheritdoc/>
    public double Seconds(scoped in StepShape shape, out int alike)
    {
        if (shape.Prefills.IsEmpty)
        {
            alike = int.MaxValue;
            return decode;
        }
        alike = 1;
        return shape.DecodeSequences == 0 ? prefill : both;
    }
}
