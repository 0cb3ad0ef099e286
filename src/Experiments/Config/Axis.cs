namespace Cortex.Experiments.Config;

/// <summary>A key that takes several values in a sweep.</summary>
/// <param name="Mark">Where the key was written.</param>
/// <param name="Key">Dotted, such as <c>workload.load</c>.</param>
/// <param name="Values">In the order written; at least one.</param>
public sealed record Axis(SourceMark Mark, string Key, IReadOnlyList<ConfigScalar> Values);
