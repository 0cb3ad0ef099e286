using Cortex.Serving.Decisions;
using static Cortex.Experiments.Explaining.ExplainText;

namespace Cortex.Experiments.Explaining;

/// <summary>
/// Where two runs first decide differently. Engines decide side by side, so only the order within each engine, and within the fleet, is
/// looked at.
/// </summary>
/// <param name="Equal">Decisions of the first run before it.</param>
/// <param name="First">What the first run decided; null: nothing any more.</param>
/// <param name="Second">What the second decided in its place; null: nothing any more.</param>
internal sealed record FirstDifference(int Equal, TrailEntry? First, TrailEntry? Second)
{
    /// <summary>Null if the runs decide alike.</summary>
    public static FirstDifference? Between(IReadOnlyList<TrailEntry> first, IReadOnlyList<TrailEntry> second)
    {
        SortedDictionary<int, Queue<int>> bySource = [];
        for (int i = 0; i < second.Count; i++)
        {
            int source = second[i].Decision.Source;
            if (!bySource.TryGetValue(source, out Queue<int>? queue))
            {
                bySource.Add(source, queue = new());
            }
            queue.Enqueue(i);
        }
        for (int i = 0; i < first.Count; i++)
        {
            if (!bySource.TryGetValue(first[i].Decision.Source, out Queue<int>? queue) || !queue.TryDequeue(out int other))
            {
                return new(i, first[i], null);
            }
            if (!first[i].DecidesAs(second[other]))
            {
                return new(i, first[i], second[other]);
            }
        }
        int rest = bySource.Values.Where(queue => queue.Count > 0).Select(queue => queue.Peek()).DefaultIfEmpty(-1).Min();
        return rest < 0 ? null : new(first.Count, null, second[rest]);
    }

    /// <summary>What each of the two decides there and, where it was watched, what its routing policy saw.</summary>
    public IEnumerable<string> Lines(ExplainedRun a, ExplainedRun b)
    {
        yield return Of($"the first decision that differs, after {Equal:N0} equal ones");
        foreach ((string name, ExplainedRun run, TrailEntry? entry) in ((string, ExplainedRun, TrailEntry?)[])[("A", a, First), ("B", b, Second)])
        {
            yield return $"  {name}, at {Time(entry?.At ?? Policies.Instant.Never)}: {DecisionWords.Of(run, entry)}";
            if (entry is { Decision.Axis: DecisionAxis.Routing } routed && run.Scenes.TryGetValue(routed.Node, out RoutingScene? scene))
            {
                foreach (string line in SceneTable.Lines(run.NameOf, scene, worker => worker.Value == routed.Decision.Answer ? "→" : ""))
                {
                    yield return $"  {line}";
                }
            }
        }
    }
}
