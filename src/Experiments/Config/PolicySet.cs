namespace Cortex.Experiments.Config;

/// <summary>A policy on one axis, by name, with its options.</summary>
/// <param name="Options">In order of their keys, whatever the order in the file.</param>
public sealed record PolicyChoice(string Axis, string Name, IReadOnlyList<PolicyOption> Options, SourceMark Mark);

public sealed record PolicyOption(string Key, ConfigScalar Value);

/// <summary>One policy on every axis: an entry of <c>policies</c>.</summary>
/// <param name="Choices">In the catalogue's order of axes, defaults filled in.</param>
public sealed record PolicySet(string Name, IReadOnlyList<PolicyChoice> Choices)
{
    /// <exception cref="KeyNotFoundException">No such axis.</exception>
    public PolicyChoice this[string axis] =>
        Choices.FirstOrDefault(choice => choice.Axis == axis) ?? throw new KeyNotFoundException($"no policy axis '{axis}'");
}
