using Cortex.Policies;

namespace Cortex.Experiments.Explaining;

/// <summary>A decision that is taken out of the policies' hands: one of the two.</summary>
/// <param name="Routing">The call of this node goes to this worker.</param>
/// <param name="Places">Before engines plan at this time, two calls (by node) in one waiting queue change places.</param>
internal sealed record ForcedDecision((int Node, WorkerId Worker)? Routing = null, (Instant At, int First, int Second)? Places = null);
