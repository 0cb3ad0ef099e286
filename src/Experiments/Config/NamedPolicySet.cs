using Cortex.Policies.Registry;

namespace Cortex.Experiments.Config;

/// <summary>One policy on every axis: an entry of <c>policies</c>.</summary>
/// <param name="Name">Its key in the file.</param>
/// <param name="Requests">By name of the axis, for <see cref="PolicyRegistry.Build"/>; axes that were not named are left out.</param>
/// <param name="Resolved">Every axis with every option spelt out.</param>
public sealed record NamedPolicySet(
    string Name, IReadOnlyDictionary<string, PolicyRequest> Requests, IReadOnlyList<ResolvedPolicy> Resolved);
