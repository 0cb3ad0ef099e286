using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>
/// Bounds for goodput; null is no bound. A call is good if it finished and meets those on <paramref name="Ttft"/>, <paramref name="Tpot"/>
/// and <paramref name="E2e"/>, a workflow if all its calls finished and it meets that on <paramref name="Workflow"/>; a time equal to its
/// bound meets it. A bound of its own (<see cref="IPromises"/>) counts in place of one of these.
/// </summary>
/// <param name="Ttft">First token − ready.</param>
/// <param name="Tpot">(End − first token) / (output tokens − 1); a call of one token counts as 0, as in vLLM's goodput.</param>
/// <param name="E2e">End − ready.</param>
/// <param name="Workflow">Last end − arrival of the workflow.</param>
public readonly record struct SloBounds(Duration? Ttft, Duration? Tpot, Duration? E2e, Duration? Workflow)
{
    /// <summary>Whether there is a bound on this call: of the run, or its own.</summary>
    public bool Bind(in MeasuredCall call) => (OnCalls | call.Own) != CallBounds.None;

    /// <summary>Whether a call is good.</summary>
    public bool Meets(in MeasuredCall call) =>
        call.HasFinished && call.BrokenOwn == CallBounds.None && (BrokenBy(call) & ~call.Own) == CallBounds.None;

    /// <summary>Which bounds there are on calls.</summary>
    internal CallBounds OnCalls => Which(Ttft is not null, Tpot is not null, E2e is not null);

    /// <summary>Which of them a finished call breaks. Exact: TPOT is compared without a division.</summary>
    internal CallBounds BrokenBy(in MeasuredCall call) => Which(
        call.Ttft.Ns > Ttft?.Ns,
        call.OutputTokens >= 2 && (call.E2e - call.Ttft).Ns > (Int128?)Tpot?.Ns * (call.OutputTokens - 1),
        call.E2e.Ns > E2e?.Ns);

    /// <summary>Whether a finished workflow is good.</summary>
    /// <param name="own">Its own bound; null: it has none.</param>
    internal bool Meets(Duration workflow, Duration? own) => !(workflow.Ns > (own ?? Workflow)?.Ns);

    private static CallBounds Which(bool ttft, bool tpot, bool e2e) =>
        (ttft ? CallBounds.Ttft : CallBounds.None) | (tpot ? CallBounds.Tpot : CallBounds.None) | (e2e ? CallBounds.E2e : CallBounds.None);
}
