namespace Cortex.Experiments.Config;

/// <summary>What the command line says about an experiment.</summary>
public sealed record Overrides
{
    /// <summary>As <see cref="SetExpression.Parse"/> reads them.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Further conditions over the axes, see <see cref="Expressions.Condition"/>.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];

    /// <summary>Further conditions over the results.</summary>
    public IReadOnlyList<string> Assert { get; init; } = [];

    /// <summary>Null: as the file says.</summary>
    public int? Repeat { get; init; }
}
