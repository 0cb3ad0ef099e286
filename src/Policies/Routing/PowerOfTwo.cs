using Cortex.Policies.Registry;

namespace Cortex.Policies.Routing;

/// <summary>
/// Draws two different workers and sends the call to the one with less work, as <see cref="LeastWork"/> measures it.
/// <para>Source: Mitzenmacher, "The power of two choices in randomized load balancing", IEEE TPDS 2001.</para>
/// <para>Serves: TTFT, with two look-ups a call; does not herd where telemetry is old.</para>
/// <para>Loses: to least-work where telemetry is fresh; and where prompts share prefixes.</para>
/// </summary>
[Policy("power-of-two", "The one with less work of two workers drawn at random.", "Mitzenmacher, IEEE TPDS 2001")]
public sealed class PowerOfTwo : IRoutingPolicy
{
    public int Route(scoped in CallView call, scoped in Candidates candidates, scoped in PolicyContext context)
    {
        if (candidates.Count == 1)
        {
            return 0;
        }
        int first = context.Random.NextInt(candidates.Count);
        int second = context.Random.NextInt(candidates.Count - 1);
        second += second >= first ? 1 : 0;
        return Load.Of(candidates[second]).IsLessThan(Load.Of(candidates[first])) ? second : first;
    }
}
