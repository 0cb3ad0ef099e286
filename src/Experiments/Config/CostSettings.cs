namespace Cortex.Experiments.Config;

/// <summary>Where the times of steps and transfers come from: section <c>costs</c>.</summary>
/// <param name="Options">Parameters of the model, in order of their keys.</param>
public sealed record CostSettings(string Model, IReadOnlyList<CostOption> Options, SourceMark Mark);

public sealed record CostOption(string Key, ConfigScalar Value);
