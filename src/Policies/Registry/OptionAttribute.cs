namespace Cortex.Policies.Registry;

/// <summary>Describes one option of a policy: a parameter, with a default value, of its options record's primary constructor.</summary>
/// <param name="meaning">What it does, with its unit.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OptionAttribute(string meaning) : Attribute
{
    public string Meaning { get; } = meaning;

    /// <summary>Smallest number allowed.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Largest number allowed.</summary>
    public double Max { get; init; } = double.PositiveInfinity;
}
