namespace Cortex.Experiments.Config;

/// <summary>How a run is summed up: section <c>statistics</c>.</summary>
/// <param name="Warmup">What is left out at the start.</param>
public sealed record StatisticsSettings(WarmupRule Warmup);
