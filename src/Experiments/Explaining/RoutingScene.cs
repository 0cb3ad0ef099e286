using Cortex.Policies;

namespace Cortex.Experiments.Explaining;

/// <summary>A worker as a routing policy saw it.</summary>
internal readonly record struct SeenWorker(WorkerId Worker, int Running, int Waiting, long QueuedPrefillTokens, int CachedTokens, bool ServedWorkflow);

/// <summary>What a routing policy saw when it decided.</summary>
/// <param name="Candidates">In the order of the workers.</param>
/// <param name="Chosen">The policy's own answer.</param>
internal sealed record RoutingScene(IReadOnlyList<SeenWorker> Candidates, WorkerId Chosen);
