using Cortex.Policies;
using Cortex.Serving.Decisions;

namespace Cortex.Experiments.Explaining;

/// <summary>How one decision of a run can be turned into that of another run, all others left to the policies.</summary>
internal static class Flip
{
    /// <summary>What to force on the first run so that it decides there as the second did.</summary>
    /// <param name="mine">What the run decided.</param>
    /// <param name="theirs">What the other decided in its place.</param>
    /// <param name="scene">What the run's routing policy saw, if it was its decision.</param>
    /// <param name="refusal">Why it cannot be forced, where null is returned.</param>
    public static ForcedDecision? Plan(TrailEntry? mine, TrailEntry? theirs, RoutingScene? scene, out string refusal)
    {
        refusal = "the two do not answer the same question";
        if (mine is not { } own || theirs is not { } other || own.Decision.Source != other.Decision.Source || own.Decision.Axis != other.Decision.Axis)
        {
            return null;
        }
        switch (own.Decision.Axis)
        {
            case DecisionAxis.Routing when own.Node == other.Node:
                var worker = new WorkerId((ushort)other.Decision.Answer);
                if (scene is null || scene.Candidates.All(candidate => candidate.Worker != worker))
                {
                    refusal = "there that worker cannot serve the call: it belongs to another pool, or is too small";
                    return null;
                }
                return new(Routing: (own.Node, worker));
            case DecisionAxis.Admission when own.Node != other.Node:
                return new(Places: (own.At, own.Node, other.Node));
            case DecisionAxis.Preemption when own.Node != other.Node:
                refusal = "which call is preempted follows from the whole running list and is not forced";
                return null;
            case DecisionAxis.Routing:
                refusal = "another call has arrived";
                return null;
            default:
                refusal = "the same call is treated differently, which the engines' settings or caches decide and no policy";
                return null;
        }
    }

    /// <summary>Whether the forced run differs from the run first at the decision that was to be forced, and decides there about what the other did.</summary>
    public static bool Holds(ExplainedRun run, ExplainedRun forced, FirstDifference wanted) =>
        FirstDifference.Between(run.Trail.Decisions, forced.Trail.Decisions) is { } difference
        && difference.Equal == wanted.Equal
        && difference.Second is { } decided && wanted.Second is { } meant
        && decided.Node == meant.Node && decided.Decision.Axis == meant.Decision.Axis && decided.Decision.Source == meant.Decision.Source
        && (decided.Decision.Axis != DecisionAxis.Routing || decided.Decision.Answer == meant.Decision.Answer);
}
