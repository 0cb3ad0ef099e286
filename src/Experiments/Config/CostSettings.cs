using Cortex.Policies;

namespace Cortex.Experiments.Config;

/// <summary>Where the times of steps come from: section <c>costs</c>.</summary>
/// <param name="Options">Parameters of the model as written, by key, for <see cref="CostModels.CostModelFactory"/>.</param>
/// <param name="PlanningTime">
/// Simulated CPU time to plan a step: synchronous engines wait for it, asynchronous ones hide it behind the step in progress. A live run takes what it
/// takes.
/// </param>
public sealed record CostSettings(string Model, IReadOnlyDictionary<string, string> Options, Duration PlanningTime, SourceMark Mark);
