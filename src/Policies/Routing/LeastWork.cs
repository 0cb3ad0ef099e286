using Cortex.Policies.Registry;

namespace Cortex.Policies.Routing;

/// <summary>
/// Sends a call to the worker with the fewest queued prefill tokens, then the fewest running and waiting calls, then the lowest index.
/// <para>Source: join the shortest queue (Winston 1977), with the queue measured in the tokens that delay a first token.</para>
/// <para>Serves: TTFT, at any load.</para>
/// <para>Loses: where prompts share prefixes, since it spreads the calls of a workflow and computes the prefix on every worker.</para>
/// </summary>
[Policy("least-work", "The worker with the fewest queued prefill tokens, then the fewest calls, then the lowest index.", "join the shortest queue (Winston 1977)", IgnoresOrder = true)]
public sealed class LeastWork : IRoutingPolicy
{
    public int Route(scoped in CallView call, scoped in Candidates candidates, scoped in PolicyContext context) => Choose(candidates);

    internal static int Choose(scoped in Candidates candidates)
    {
        int best = 0;
        Load least = Load.Of(candidates[0]);
        for (int i = 1; i < candidates.Count; i++)
        {
            Load load = Load.Of(candidates[i]);
            if (load.IsLessThan(least))
            {
                (best, least) = (i, load);
            }
        }
        return best;
    }
}
