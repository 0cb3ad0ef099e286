namespace Cortex.Experiments.Config;

/// <summary>Where the times of steps come from: section <c>costs</c>.</summary>
/// <param name="Options">Parameters of the model as written, by key, for <see cref="CostModels.CostModelFactory"/>.</param>
public sealed record CostSettings(string Model, IReadOnlyDictionary<string, string> Options, SourceMark Mark);
