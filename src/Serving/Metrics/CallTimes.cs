using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>The calls of a run that became ready at an instant or later.</summary>
internal readonly ref struct CallTimes(ReadOnlySpan<MeasuredCall> calls, Instant from)
{
    private readonly ReadOnlySpan<MeasuredCall> calls = calls;

    public Distribution Ttft() => Of(finishedOnly: true, static (in MeasuredCall call) => call.Ttft.Ns);

    public Distribution E2e() => Of(finishedOnly: true, static (in MeasuredCall call) => call.E2e.Ns);

    public Distribution Queue() => Of(finishedOnly: false, static (in MeasuredCall call) => call.Queue.Ns);

    /// <summary>Over the calls of two tokens or more. The one division comes before the quantiles, which are of these quotients.</summary>
    public Distribution Tpot()
    {
        double[] values = new double[calls.Length];
        int count = 0;
        foreach (ref readonly MeasuredCall call in calls)
        {
            if (call.HasFinished && call.Ready >= from && call.TpotNs is { } tpot)
            {
                values[count++] = tpot;
            }
        }
        return Distribution.Of(values.AsSpan(0, count));
    }

    /// <summary>Prompt tokens found in the cache over all prompt tokens; null if nothing was scheduled.</summary>
    public double? HitRate()
    {
        long hits = 0;
        long prompts = 0;
        foreach (ref readonly MeasuredCall call in calls)
        {
            if (call.Ready >= from)
            {
                hits += call.HitTokens;
                prompts += call.PromptTokens;
            }
        }
        return prompts > 0 ? (double)hits / prompts : null;
    }

    private Distribution Of(bool finishedOnly, Time time)
    {
        long[] values = new long[calls.Length];
        int count = 0;
        foreach (ref readonly MeasuredCall call in calls)
        {
            if (call.Ready >= from && (call.HasFinished || !finishedOnly))
            {
                values[count++] = time(call);
            }
        }
        return Distribution.Of(values.AsSpan(0, count));
    }

    private delegate long Time(in MeasuredCall call);
}
