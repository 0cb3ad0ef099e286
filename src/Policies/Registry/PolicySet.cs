namespace Cortex.Policies.Registry;

/// <summary>What an experiment asks for on one axis.</summary>
/// <param name="Name">A registered name.</param>
/// <param name="Options">Texts by option name; options that are left out keep their defaults.</param>
public sealed record PolicyRequest(string Name, IReadOnlyDictionary<string, string> Options);

/// <summary>What was built on one axis, every option spelt out: for manifests and journals.</summary>
/// <param name="Options">In the order of the policy's own list.</param>
public sealed record ResolvedPolicy(string Axis, string Name, IReadOnlyList<KeyValuePair<string, string>> Options);

/// <summary>One policy on every axis, ready to decide. Policies remember, so each run needs a set of its own.</summary>
/// <param name="Resolved">What the instances are, in the order of <see cref="PolicyAxis.All"/>.</param>
public sealed record PolicySet(
    IPoolingPolicy Pooling,
    IRoutingPolicy Routing,
    ISchedulingPolicy Scheduling,
    IReadOnlyList<ResolvedPolicy> Resolved);
