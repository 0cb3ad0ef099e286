using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>A pool, as the pooling policy made it.</summary>
/// <param name="Workers">Indices of its engines, ascending.</param>
/// <param name="Stages">Names of the stages that it serves.</param>
public sealed record PoolInfo(PoolId Id, IReadOnlyList<int> Workers, IReadOnlyList<string> Stages);
