using Cortex.Policies;
using static Cortex.Experiments.Explaining.ExplainText;

namespace Cortex.Experiments.Explaining;

/// <summary>What a routing policy saw, as lines of a table.</summary>
internal static class SceneTable
{
    /// <summary>So many workers are shown; of the others it is said how many they are.</summary>
    private const int Most = 12;

    /// <param name="name">Names workers.</param>
    /// <param name="scene">What was seen.</param>
    /// <param name="mark">What stands beside a worker, such as an arrow at the one that was chosen.</param>
    public static IEnumerable<string> Lines(Func<WorkerId, string> name, RoutingScene scene, Func<WorkerId, string> mark)
    {
        yield return $"{"",8}{"worker",-16}{"running",9}{"waiting",9}{"to compute",12}{"cached",9}";
        SeenWorker[] shown = [.. scene.Candidates.OrderBy(worker => mark(worker.Worker).Length == 0 ? 1 : 0).Take(Most)];
        foreach (SeenWorker worker in shown)
        {
            string served = worker.ServedWorkflow ? "  served the workflow's last call" : "";
            yield return Of(
                $"{mark(worker.Worker),7} {name(worker.Worker),-16}{worker.Running,9:N0}{worker.Waiting,9:N0}{worker.QueuedPrefillTokens,12:N0}{worker.CachedTokens,9:N0}{served}");
        }
        if (scene.Candidates.Count > shown.Length)
        {
            yield return Of($"{"",8}and {scene.Candidates.Count - shown.Length:N0} more");
        }
    }
}
