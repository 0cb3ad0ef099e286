namespace Cortex.CostModels;

/// <summary>How seconds of steps become the whole nanoseconds of a clock.</summary>
public enum StepRounding : byte
{
    /// <summary>What rounding leaves over is carried to the engine's next step.</summary>
    Carry,

    /// <summary>Each step by itself is a whole number of nanoseconds, half to even.</summary>
    EachStep,
}

/// <summary>The time of one engine step from its shape. Pure: the same shape always takes the same time, to the last bit.</summary>
public interface IStepCost
{
    /// <summary>Device time of the step. Allocates nothing.</summary>
    /// <param name="shape">The step.</param>
    /// <param name="alike">
    /// How many consecutive steps, this one included, take exactly this time if each differs from the one before only in that
    /// <see cref="StepShape.DecodeContext"/> has grown by <see cref="StepShape.DecodeSequences"/>. At least 1; 1 if there are prefills
    /// or nothing is known; <see cref="int.MaxValue"/> if the context does not matter.
    /// </param>
    /// <returns>Seconds, 0 or more.</returns>
    double Seconds(scoped in StepShape shape, out int alike);

    /// <summary>Whether <see cref="StepShape.DecodingNeighbours"/> matters.</summary>
    bool MindsNeighbours => false;

    /// <summary>The rounding that the model's origin uses.</summary>
    StepRounding Rounding => StepRounding.Carry;

    /// <summary>What the times were checked against. A model that was fitted to measurements says so itself.</summary>
    CostQualification Qualification => CostQualification.Functional;
}
