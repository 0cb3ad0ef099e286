using Cortex.Policies.Registry;

namespace Cortex.Policies.Routing;

/// <summary>
/// Sends a call to a worker drawn uniformly.
/// <para>Source: folklore; the base line of every study of load balancing.</para>
/// <para>Serves: nothing but comparison.</para>
/// <para>Loses: to round-robin at any load, and to all that look at queues.</para>
/// </summary>
[Policy("random", "A worker drawn uniformly.", "folklore")]
public sealed class RandomWorker : IRoutingPolicy
{
    public int Route(scoped in CallView call, scoped in Candidates candidates, scoped in PolicyContext context) =>
        context.Random.NextInt(candidates.Count);
}
