using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>What the metrics keep of a call that was scheduled: 48 bytes.</summary>
public readonly record struct MeasuredCall
{
    /// <summary>When its client could send it.</summary>
    public required Instant Ready { get; init; }

    /// <summary>First schedule-in − ready.</summary>
    public required Duration Queue { get; init; }

    /// <summary>First token − ready. Of finished calls only, as the next.</summary>
    public required Duration Ttft { get; init; }

    /// <summary>End − ready.</summary>
    public required Duration E2e { get; init; }

    /// <summary>Of its prompt, found in the cache or not.</summary>
    public required int PromptTokens { get; init; }

    /// <summary>Tokens delivered.</summary>
    public required int OutputTokens { get; init; }

    /// <summary>Prompt tokens found in the cache at the first schedule-in.</summary>
    public required int HitTokens { get; init; }

    /// <summary>False: it was scheduled, and cancelled, failed or left unfinished.</summary>
    public required bool HasFinished { get; init; }

    /// <summary>Bounds that were promised for this call alone.</summary>
    public CallBounds Own { get; private init; }

    /// <summary>Those of them that it broke; of a finished call.</summary>
    public CallBounds BrokenOwn { get; private init; }

    /// <summary>Of a finished call.</summary>
    public Instant End => Ready + E2e;

    /// <summary>(End − first token) / (output − 1) in nanoseconds; null for a call of one token, which has none.</summary>
    public double? TpotNs => OutputTokens >= 2 ? (double)(E2e.Ns - Ttft.Ns) / (OutputTokens - 1) : null;

    /// <summary>The same call with what was promised for it alone.</summary>
    internal MeasuredCall With(SloBounds own) => this with { Own = own.OnCalls, BrokenOwn = HasFinished ? own.BrokenBy(this) : CallBounds.None };

    internal static MeasuredCall Of(in CallRecord call)
    {
        bool finished = call.State == CallState.Finished;
        return new()
        {
            Ready = call.Ready,
            Queue = call.Scheduled - call.Ready,
            Ttft = finished ? call.FirstToken - call.Ready : Duration.Zero,
            E2e = finished ? call.End - call.Ready : Duration.Zero,
            PromptTokens = call.PromptTokens,
            OutputTokens = call.OutputTokens,
            HitTokens = call.HitTokens,
            HasFinished = finished,
        };
    }
}
