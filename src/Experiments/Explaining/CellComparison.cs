using Cortex.Experiments.Simulating;
using Cortex.Policies.Registry;
using Cortex.Workloads;
using Cortex.Serving.Decisions;
using static Cortex.Experiments.Explaining.ExplainText;

namespace Cortex.Experiments.Explaining;

/// <summary>Two cells over the same trace: where they first decide differently, what that costs or saves, and what it would if it stood alone.</summary>
internal sealed class CellComparison(StoredCell a, StoredCell b, Workload trace, PolicyRegistry registry, CancellationToken cancellation)
{
    /// <param name="workflow">Tag of a workflow to be told of by itself; null: none.</param>
    public IEnumerable<string> Lines(int? workflow)
    {
        (ExplainedRun first, ExplainedRun second) = (Play(a), Play(b));
        yield return $"A: {first.Title}";
        yield return $"B: {second.Title}";
        yield return "";
        if (FirstDifference.Between(first.Trail.Decisions, second.Trail.Decisions) is not { } difference)
        {
            yield return Of($"A and B decide alike: {first.Trail.Decisions.Count:N0} decisions");
            yield break;
        }
        (first, second) = (Watched(a, first, difference.First), Watched(b, second, difference.Second));
        foreach (string line in difference.Lines(first, second))
        {
            yield return line;
        }
        yield return "";
        foreach (string line in BlameComparison.Means([("A", first), ("B", second)]).Concat(BlameComparison.LargestChanges(first, second)))
        {
            yield return line;
        }
        if (workflow is { } tag)
        {
            yield return "";
            yield return $"from A to B, {BlameComparison.Workflow(first, second, tag)}";
        }
        yield return "";
        foreach (string line in Flipped(first, second, difference, workflow))
        {
            yield return line;
        }
    }

    private ExplainedRun Play(StoredCell cell, Func<int, bool>? watched = null, ForcedDecision? force = null) =>
        ExplainedRun.Of(cell, trace, registry, watched, force, cancellation);

    /// <summary>The run once more if what its routing policy saw there is of interest.</summary>
    private ExplainedRun Watched(StoredCell cell, ExplainedRun run, TrailEntry? entry) =>
        entry is { Decision.Axis: DecisionAxis.Routing } routed ? Play(cell, node => node == routed.Node) : run;

    /// <summary>The decision forced on A or, where A could not decide so, the other way round on B.</summary>
    private IEnumerable<string> Flipped(ExplainedRun first, ExplainedRun second, FirstDifference difference, int? workflow)
    {
        FirstDifference reversed = new(difference.Equal, difference.Second, difference.First);
        return Force("A", "B", a, first, difference, workflow, out string refusal)
            ?? Force("B", "A", b, second, reversed with { Equal = EqualIn(first, second) }, workflow, out string other)
            ?? [$"that decision cannot be flipped alone: in A, {refusal}; in B, {other}"];
    }

    private static int EqualIn(ExplainedRun first, ExplainedRun second) =>
        FirstDifference.Between(second.Trail.Decisions, first.Trail.Decisions)?.Equal ?? 0;

    private IEnumerable<string>? Force(
        string name, string otherName, StoredCell cell, ExplainedRun run, FirstDifference difference, int? workflow, out string refusal)
    {
        RoutingScene? scene = difference.First is { } own ? run.Scenes.GetValueOrDefault(own.Node) : null;
        if (Flip.Plan(difference.First, difference.Second, scene, out refusal) is not { } force)
        {
            return null;
        }
        ExplainedRun forced = Play(cell, force: force);
        if (!Flip.Holds(run, forced, difference))
        {
            refusal = "forcing it changes an earlier decision, or does not change this one";
            return null;
        }
        string flipped = $"{name} with that one as in {otherName}";
        return
        [
            $"if {name} takes just that decision as {otherName} does, and goes on with its own policies",
            .. BlameComparison.Means([(name, run), (flipped, forced)]),
            .. BlameComparison.LargestChanges(run, forced),
            .. workflow is { } tag ? [BlameComparison.Workflow(run, forced, tag)] : (string[])[],
        ];
    }
}
