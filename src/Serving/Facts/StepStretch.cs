using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>Steps in a row that took equally long, but for the rounding of their ends to whole nanoseconds.</summary>
/// <param name="Steps">How many, at least 1.</param>
/// <param name="End">When the last of them ended.</param>
public readonly record struct StepStretch(int Steps, Instant End);
