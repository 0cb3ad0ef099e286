namespace Cortex.Experiments.Config;

/// <summary>A cost model that experiment files may name.</summary>
/// <param name="Options">Keys that it takes beside <c>model</c>.</param>
public sealed record CostModelEntry(string Name, IReadOnlyList<string> Options)
{
    /// <summary>The cost models that come with the product; the first is the default.</summary>
    public static IReadOnlyList<CostModelEntry> BuiltIn { get; } =
    [
        new("roofline", []),
        new("closed-form:vidur", []),
        new("constant", []),
    ];
}
