using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>
/// Bounds for goodput; null is no bound. A call is good if it finished and meets those on <paramref name="Ttft"/>, <paramref name="Tpot"/>
/// and <paramref name="E2e"/>, a workflow if all its calls finished and it meets that on <paramref name="Workflow"/>; a time equal to its
/// bound meets it.
/// </summary>
/// <param name="Ttft">First token − ready.</param>
/// <param name="Tpot">(End − first token) / (output tokens − 1); a call of one token counts as 0, as in vLLM's goodput.</param>
/// <param name="E2e">End − ready.</param>
/// <param name="Workflow">Last end − arrival of the workflow.</param>
public readonly record struct SloBounds(Duration? Ttft, Duration? Tpot, Duration? E2e, Duration? Workflow)
{
    /// <summary>Whether a call is good. Exact: TPOT is compared without a division.</summary>
    public bool Meets(in MeasuredCall call) =>
        call.HasFinished
        && (Ttft is not { } ttft || call.Ttft.Ns <= ttft.Ns)
        && (E2e is not { } e2e || call.E2e.Ns <= e2e.Ns)
        && (Tpot is not { } tpot || call.OutputTokens < 2 || (call.E2e - call.Ttft).Ns <= (Int128)tpot.Ns * (call.OutputTokens - 1));

    /// <summary>Whether a finished workflow is good.</summary>
    internal bool Meets(long workflowNs) => Workflow is not { } bound || workflowNs <= bound.Ns;
}
