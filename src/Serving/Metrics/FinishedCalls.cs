namespace Cortex.Serving;

/// <summary>The times of the calls that finished: 20 bytes each.</summary>
internal sealed class FinishedCalls
{
    private readonly List<long> ttft = [];
    private readonly List<long> e2e = [];
    private readonly List<int> output = [];

    public void Add(in CallRecord call)
    {
        ttft.Add((call.FirstToken - call.Ready).Ns);
        e2e.Add((call.End - call.Ready).Ns);
        output.Add(call.OutputTokens);
    }

    public Distribution Ttft() => Distribution.Of(ttft.ToArray());

    public Distribution E2e() => Distribution.Of(e2e.ToArray());

    /// <summary>Over the calls of two tokens or more. The one division comes before the quantiles, which are of these quotients.</summary>
    public Distribution Tpot()
    {
        double[] values = new double[output.Count];
        int count = 0;
        for (int call = 0; call < output.Count; call++)
        {
            if (output[call] >= 2)
            {
                values[count++] = (double)(e2e[call] - ttft[call]) / (output[call] - 1);
            }
        }
        return Distribution.Of(values.AsSpan(0, count));
    }

    /// <summary>How many meet every bound.</summary>
    public long CountGood(SloBounds slo)
    {
        long good = 0;
        for (int call = 0; call < output.Count; call++)
        {
            good += slo.Meets(ttft[call], e2e[call], output[call]) ? 1 : 0;
        }
        return good;
    }
}
