namespace Cortex.Experiments.Config;

/// <summary>A policy that experiment files may name.</summary>
/// <param name="Options">Keys that it takes.</param>
public sealed record PolicyEntry(string Name, IReadOnlyList<string> Options);

/// <summary>A question that policies answer.</summary>
/// <param name="Name">Key in a policy set.</param>
/// <param name="Default">Used where a set does not name the axis.</param>
public sealed record PolicyAxis(string Name, string Default, IReadOnlyList<PolicyEntry> Policies);

/// <summary>What may stand in a policy set.</summary>
public sealed record PolicyCatalog(IReadOnlyList<PolicyAxis> Axes)
{
    /// <summary>The policies that come with the product.</summary>
    public static PolicyCatalog BuiltIn { get; } = new(
    [
        new("pooling", "shared", [new("shared", []), new("stage-isolated", [])]),
        new("routing", "least-work", [new("least-work", []), new("round-robin", []), new("session-sticky", []), new("prefix-aware", [])]),
        new("scheduling", "fcfs", [new("fcfs", []), new("priority", []), new("shortest-first", [])]),
    ]);
}
