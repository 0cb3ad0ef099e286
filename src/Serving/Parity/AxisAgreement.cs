using Cortex.Serving.Decisions;

namespace Cortex.Serving.Parity;

/// <summary>How far two runs agree on one axis.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="Recorded">Decisions of the recorded run.</param>
/// <param name="Simulated">Decisions of the simulated run.</param>
/// <param name="Equal">
/// Decisions of the recorded run for which the simulated one has the same: the k-th about the same call, by the same engine or the fleet,
/// with the same answer. Block ids do not count, since after one difference they all differ.
/// </param>
public sealed record AxisAgreement(DecisionAxis Axis, long Recorded, long Simulated, long Equal)
{
    /// <summary>Equal ones of all, 0 to 1: of the longer of the two runs; 1 if neither decided anything.</summary>
    public double Share => Math.Max(Recorded, Simulated) is var all and > 0 ? (double)Equal / all : 1;
}
