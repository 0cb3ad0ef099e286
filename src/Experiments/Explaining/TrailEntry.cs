using Cortex.Policies;
using Cortex.Serving.Decisions;

namespace Cortex.Experiments.Explaining;

/// <summary>A decision with its time and the call that it was about, named by its node in the trace.</summary>
internal readonly record struct TrailEntry(Instant At, Decision Decision, int Node)
{
    /// <summary>Whether both decide the same; how many answers were open does not matter.</summary>
    public bool DecidesAs(in TrailEntry other) =>
        Node == other.Node && Decision.Source == other.Decision.Source && Decision.Axis == other.Decision.Axis && Decision.Answer == other.Decision.Answer;
}
