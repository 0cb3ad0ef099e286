using Cortex.Policies;

namespace Cortex.Experiments.Explaining;

/// <summary>
/// A routing policy under observation: keeps what it saw for the calls of interest. One decision may be taken out of its hands; it is asked
/// all the same, so that it remembers and draws as ever.
/// </summary>
/// <param name="inner">The policy.</param>
/// <param name="nodeOf">Node of a call in the trace, by arrival number.</param>
/// <param name="watched">Whether to keep what is seen for the call of this node; null: never.</param>
/// <param name="forced">The call by node, and the worker that it goes to instead; null: none.</param>
internal sealed class WatchedRouting(IRoutingPolicy inner, Func<long, int> nodeOf, Func<int, bool>? watched, (int Node, WorkerId Worker)? forced) : IRoutingPolicy
{
    /// <summary>By node.</summary>
    public Dictionary<int, RoutingScene> Scenes { get; } = [];

    public int Route(scoped in CallView call, scoped in Candidates candidates, scoped in PolicyContext context)
    {
        int node = nodeOf(call.ArrivalNumber);
        RoutingScene? scene = watched?.Invoke(node) == true ? Look(candidates) : null;
        int answer = inner.Route(call, candidates, context);
        if (scene is not null && (uint)answer < (uint)candidates.Count)
        {
            Scenes.Add(node, scene with { Chosen = candidates[answer].Id });
        }
        if (forced is { } other && other.Node == node)
        {
            for (int i = 0; i < candidates.Count; i++)
            {
                if (candidates[i].Id == other.Worker)
                {
                    return i;
                }
            }
        }
        return answer;
    }

    private static RoutingScene Look(scoped in Candidates candidates)
    {
        SeenWorker[] seen = new SeenWorker[candidates.Count];
        for (int i = 0; i < seen.Length; i++)
        {
            WorkerView worker = candidates[i];
            seen[i] = new(worker.Id, worker.Running, worker.Waiting, worker.QueuedPrefillTokens, candidates.CachedTokens(i), candidates.LastOfWorkflow == i);
        }
        return new(seen, default);
    }
}
