using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>
/// What holds for the record of every call. Faults are put into words by methods of their own, which a run without a fault never has compiled.
/// </summary>
internal static class RecordRules
{
    /// <summary>What is wrong with the record; null if nothing is.</summary>
    public static string? Fault(in CallRecord call) => Times(call) ?? Tokens(call);

    private static string? Times(in CallRecord call)
    {
        if (call.Ready == Instant.Never)
        {
            return "was never ready";
        }
        if (call.End == Instant.Never && call.State != CallState.Unfinished)
        {
            return "has no end";
        }
        if (call.FirstToken != Instant.Never && call.Scheduled == Instant.Never)
        {
            return FirstTokenUnscheduled(call);
        }
        // In order where they exist; Never is later than all.
        return Later(call.Ready, "ready", call.Scheduled, "scheduled")
            ?? Later(call.Ready, "ready", call.End, "end")
            ?? Later(call.Scheduled, "scheduled", call.FirstToken, "first token")
            ?? (call.Scheduled == Instant.Never ? null : Later(call.Scheduled, "scheduled", call.End, "end"))
            ?? (call.FirstToken == Instant.Never ? null : Later(call.FirstToken, "first token", call.End, "end"));
    }

    private static string? Tokens(in CallRecord call)
    {
        if (call.PromptTokens < 1 || call.OutputTokens < 0 || call.HitTokens < 0 || call.Preemptions < 0)
        {
            return BadCounts(call);
        }
        if (call.LostInPrefill.Ns < 0 || CallPhases.Of(call) is not { Prefill.Ns: >= 0, Decode.Ns: >= 0 } || (call.Lost.Ns != 0 && call.Preemptions == 0))
        {
            return BadLoss(call);
        }
        if (call.HitTokens >= call.PromptTokens)
        {
            return AllHit(call);
        }
        if (call.Scheduled == Instant.Never && call.HitTokens > 0)
        {
            return HitUnscheduled(call);
        }
        if (call.OutputTokens > 0 != (call.FirstToken != Instant.Never))
        {
            return FirstTokenMismatch(call);
        }
        return call.State == CallState.Finished && call.OutputTokens == 0 ? "finished without output" : null;
    }

    private static string? Later(Instant first, string firstName, Instant second, string secondName) =>
        first > second ? OutOfOrder(first, firstName, second, secondName) : null;

    private static string OutOfOrder(Instant first, string firstName, Instant second, string secondName) =>
        $"has {firstName} at {first.Ns} ns after {secondName} at {second.Ns} ns";

    private static string FirstTokenUnscheduled(in CallRecord call) => $"has a first token at {call.FirstToken.Ns} ns, but was never scheduled";

    private static string BadCounts(in CallRecord call) =>
        $"has {call.PromptTokens} prompt, {call.OutputTokens} output and {call.HitTokens} hit tokens and {call.Preemptions} preemptions";

    private static string BadLoss(in CallRecord call) =>
        $"lost {call.Lost.Ns} ns, {call.LostInPrefill.Ns} ns of them in prefill, to {call.Preemptions} preemptions";

    private static string AllHit(in CallRecord call) =>
        $"found {call.HitTokens} of {call.PromptTokens} prompt tokens in the cache; the last one is always computed";

    private static string HitUnscheduled(in CallRecord call) => $"found {call.HitTokens} tokens in the cache, but was never scheduled";

    private static string FirstTokenMismatch(in CallRecord call) =>
        $"has {call.OutputTokens} output tokens and {(call.OutputTokens > 0 ? "no" : "a")} first token";
}
