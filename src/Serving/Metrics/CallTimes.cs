using System.Runtime.InteropServices;
using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>
/// The times of calls, one kind after the other: of millions of calls, all kinds at once would be most of what a run takes of memory.
/// </summary>
/// <param name="calls">Those that were scheduled.</param>
/// <param name="from">Calls that were ready earlier are left out.</param>
internal sealed class CallTimes(CallLog calls, Instant from)
{
    private readonly long[] room = new long[calls.Count];

    public Distribution Queue => Of((in call) => call.Queue.Ns);

    public Distribution Ttft => Of((in call) => call.HasFinished ? call.Ttft.Ns : null);

    public Distribution E2e => Of((in call) => call.HasFinished ? call.E2e.Ns : null);

    /// <summary>Over the calls of two tokens or more. The one division comes before the quantiles, which are of these quotients.</summary>
    public Distribution Tpot
    {
        get
        {
            Span<double> quotients = MemoryMarshal.Cast<long, double>(room.AsSpan());
            int count = 0;
            for (int index = 0; index < calls.Count; index++)
            {
                ref readonly MeasuredCall call = ref calls[index];
                if (call.Ready >= from && call is { HasFinished: true, TpotNs: { } perToken })
                {
                    quotients[count++] = perToken;
                }
            }
            return Distribution.Of(quotients[..count]);
        }
    }

    /// <summary>Prompt tokens found in the cache over all prompt tokens; null if nothing was scheduled.</summary>
    public double? HitRate
    {
        get
        {
            (long hits, long prompts) = (0, 0);
            for (int index = 0; index < calls.Count; index++)
            {
                ref readonly MeasuredCall call = ref calls[index];
                if (call.Ready >= from)
                {
                    hits += call.HitTokens;
                    prompts += call.PromptTokens;
                }
            }
            return prompts > 0 ? (double)hits / prompts : null;
        }
    }

    private delegate long? Time(in MeasuredCall call);

    private Distribution Of(Time time)
    {
        int count = 0;
        for (int index = 0; index < calls.Count; index++)
        {
            ref readonly MeasuredCall call = ref calls[index];
            if (call.Ready >= from && time(call) is { } ns)
            {
                room[count++] = ns;
            }
        }
        return Distribution.Of(room.AsSpan(0, count));
    }
}
