namespace Cortex.Policies;

/// <summary>Asked when a call is ready: which worker serves it.</summary>
public interface IRoutingPolicy
{
    /// <returns>Index of a candidate, 0 ≤ index &lt; <see cref="Candidates.Count"/>.</returns>
    int Route(scoped in CallView call, scoped in Candidates candidates, scoped in PolicyContext context);
}
