using Cortex.Policies.Registry;

namespace Cortex.Policies.Routing;

/// <summary>
/// Sends the calls of each pool to its workers in turn, the first call to the first worker.
/// <para>Source: folklore; the default of most load balancers.</para>
/// <para>Serves: fairness between workers, where calls cost about the same.</para>
/// <para>Loses: where costs differ, since it is blind to queues; and where prompts share prefixes.</para>
/// </summary>
[Policy("round-robin", "The workers of the pool in turn.", "folklore")]
public sealed class RoundRobin : IRoutingPolicy
{
    /// <summary>Calls routed so far, by pool.</summary>
    private readonly long[] routed = new long[byte.MaxValue + 1];

    public int Route(scoped in CallView call, scoped in Candidates candidates, scoped in PolicyContext context) =>
        (int)(routed[candidates[0].Pool.Value]++ % candidates.Count);
}
