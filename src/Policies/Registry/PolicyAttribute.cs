namespace Cortex.Policies.Registry;

/// <summary>
/// Makes a sealed class a policy that experiment files may name. The axis is the interface that the class implements. The class has one
/// public constructor, without parameters or with one options record.
/// </summary>
/// <param name="name">Name in experiment files, such as <c>least-work</c>; unique on its axis.</param>
/// <param name="rule">The rule in one sentence.</param>
/// <param name="source">Where the rule comes from: a paper, a system, or <c>folklore</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PolicyAttribute(string name, string rule, string source) : Attribute
{
    public string Name { get; } = name;

    public string Rule { get; } = rule;

    public string Source { get; } = source;

    /// <summary>
    /// A promise, checked by the conformance suite: with the candidates in another order the same worker is chosen, unless candidates are
    /// equal in all that the rule looks at. Routing only.
    /// </summary>
    public bool IgnoresOrder { get; init; }
}
