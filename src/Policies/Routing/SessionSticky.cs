using Cortex.Policies.Registry;

namespace Cortex.Policies.Routing;

/// <param name="MaxImbalance">Null: stays at any load.</param>
public sealed record SessionStickyOptions(
    [Option("calls that the worker may have above the candidate with the fewest; beyond, the call goes by least work", Min = 0)] int? MaxImbalance = null);

/// <summary>
/// Sends a call to the worker that served its workflow's last call, while that is a candidate; a first call goes by least work.
/// <para>Source: session affinity of web load balancers; the <c>session</c> router of vLLM's production stack.</para>
/// <para>Serves: hit rate, and so TTFT of all but the first call of a workflow.</para>
/// <para>Loses: where a few long workflows meet on one worker (hot spots), unless <c>max_imbalance</c> is set; and where prefixes are
/// shared between workflows rather than within them.</para>
/// </summary>
[Policy("session-sticky", "The worker of the workflow's last call; a first call by least work.", "session affinity, as in vLLM's production stack", IgnoresOrder = true)]
public sealed class SessionSticky(SessionStickyOptions options) : IRoutingPolicy
{
    public int Route(scoped in CallView call, scoped in Candidates candidates, scoped in PolicyContext context)
    {
        int last = candidates.LastOfWorkflow;
        return last >= 0 && !IsOverloaded(candidates, last) ? last : LeastWork.Choose(candidates);
    }

    private bool IsOverloaded(scoped in Candidates candidates, int last)
    {
        if (options.MaxImbalance is not { } allowed)
        {
            return false;
        }
        int fewest = int.MaxValue;
        for (int i = 0; i < candidates.Count; i++)
        {
            fewest = Math.Min(fewest, Load.Of(candidates[i]).Calls);
        }
        return Load.Of(candidates[last]).Calls - fewest > allowed;
    }
}
