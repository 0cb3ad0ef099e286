using System.Collections.Immutable;

namespace Cortex.Policies.Registry;

/// <summary>A question that policies answer.</summary>
/// <param name="Name">Key in a policy set, such as <c>routing</c>.</param>
/// <param name="Contract">The interface that answers it.</param>
/// <param name="Default">The policy of a set that does not name the axis.</param>
public sealed record PolicyAxis(string Name, Type Contract, string Default)
{
    public static readonly PolicyAxis Pooling = new("pooling", typeof(IPoolingPolicy), "shared");
    public static readonly PolicyAxis Routing = new("routing", typeof(IRoutingPolicy), "least-work");
    public static readonly PolicyAxis Scheduling = new("scheduling", typeof(ISchedulingPolicy), "fcfs");

    /// <summary>All axes, in the order in which they are listed.</summary>
    public static readonly ImmutableArray<PolicyAxis> All = [Pooling, Routing, Scheduling];
}
