namespace Cortex.Experiments.Config;

/// <summary>How a run is summed up: section <c>statistics</c>.</summary>
/// <param name="Warmup">What is left out at the start.</param>
/// <param name="Itl">Gaps between tokens are measured, at a cost of about a tenth of a simulation's time.</param>
public sealed record StatisticsSettings(WarmupRule Warmup, bool Itl);
