using Cortex.Policies;

namespace Cortex.Experiments.Config;

/// <summary>Bounds that a call must meet to count as good; null is no bound.</summary>
/// <param name="Ttft">Time to first token.</param>
/// <param name="Tpot">Time per output token after the first.</param>
/// <param name="E2e">Ready to end of a call.</param>
/// <param name="Workflow">Arrival to last end of a workflow.</param>
public sealed record SloSettings(Duration? Ttft, Duration? Tpot, Duration? E2e, Duration? Workflow);
