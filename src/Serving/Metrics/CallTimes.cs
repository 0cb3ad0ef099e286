namespace Cortex.Serving;

/// <summary>The times of calls, gathered in one pass, and what they hit.</summary>
/// <param name="most">Calls that will be added at most.</param>
internal sealed class CallTimes(int most)
{
    private readonly long[] queue = new long[most];
    private readonly long[] ttft = new long[most];
    private readonly long[] e2e = new long[most];
    private readonly double[] tpot = new double[most];
    private int scheduled;
    private int finished;
    private int longer;
    private long hits;
    private long prompts;

    public Distribution Ttft => Distribution.Of(ttft.AsSpan(0, finished));

    /// <summary>Over the calls of two tokens or more. The one division comes before the quantiles, which are of these quotients.</summary>
    public Distribution Tpot => Distribution.Of(tpot.AsSpan(0, longer));

    public Distribution E2e => Distribution.Of(e2e.AsSpan(0, finished));

    public Distribution Queue => Distribution.Of(queue.AsSpan(0, scheduled));

    /// <summary>Prompt tokens found in the cache over all prompt tokens; null if nothing was scheduled.</summary>
    public double? HitRate => prompts > 0 ? (double)hits / prompts : null;

    public void Add(in MeasuredCall call)
    {
        queue[scheduled++] = call.Queue.Ns;
        hits += call.HitTokens;
        prompts += call.PromptTokens;
        if (!call.HasFinished)
        {
            return;
        }
        ttft[finished] = call.Ttft.Ns;
        e2e[finished++] = call.E2e.Ns;
        if (call.TpotNs is { } perToken)
        {
            tpot[longer++] = perToken;
        }
    }
}
