using Cortex.Policies.Registry;

namespace Cortex.Policies.Routing;

/// <summary>When the guard steps in: both bounds exceeded.</summary>
public sealed record PrefixAwareOptions(
    [Option("calls between the most and the least loaded candidate, above which balance comes first", Min = 0)] int BalanceAbs = 64,
    [Option("ratio of the most to the least loaded candidate, above which balance comes first", Min = 1)] double BalanceRel = 1.5);

/// <summary>
/// Sends a call to the worker that holds most of its prompt's KV, ties by least work; when the loads (running and waiting calls) are out
/// of balance, that is max − min &gt; <c>balance_abs</c> and max &gt; <c>balance_rel</c> × min, by least work alone.
/// <para>Source: the guard and its defaults are those of SGLang's <c>cache_aware</c> router; the cache is looked up in the worker itself
/// rather than in a tree of characters.</para>
/// <para>Serves: hit rate, and so TTFT and throughput, where prompts share prefixes across workflows.</para>
/// <para>Loses: at high load where one prefix is everywhere, since all follow it until the guard steps in.</para>
/// </summary>
[Policy("prefix-aware", "The worker with most cached tokens of the prompt, then least work; least work alone when loads are out of balance.", "SGLang's cache_aware router", IgnoresOrder = true)]
public sealed class PrefixAware(PrefixAwareOptions options) : IRoutingPolicy
{
    public int Route(scoped in CallView call, scoped in Candidates candidates, scoped in PolicyContext context) =>
        IsOutOfBalance(candidates) ? LeastWork.Choose(candidates) : MostCached(candidates);

    private bool IsOutOfBalance(scoped in Candidates candidates)
    {
        (int min, int max) = (int.MaxValue, 0);
        for (int i = 0; i < candidates.Count; i++)
        {
            int calls = Load.Of(candidates[i]).Calls;
            (min, max) = (Math.Min(min, calls), Math.Max(max, calls));
        }
        return max - min > options.BalanceAbs && max > options.BalanceRel * min;
    }

    private static int MostCached(scoped in Candidates candidates)
    {
        int best = 0;
        int most = candidates.CachedTokens(0);
        Load least = Load.Of(candidates[0]);
        for (int i = 1; i < candidates.Count; i++)
        {
            int cached = candidates.CachedTokens(i);
            Load load = Load.Of(candidates[i]);
            if (cached > most || (cached == most && load.IsLessThan(least)))
            {
                (best, most, least) = (i, cached, load);
            }
        }
        return best;
    }
}
