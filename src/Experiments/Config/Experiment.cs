using Cortex.Experiments.Config.Expressions;

namespace Cortex.Experiments.Config;

/// <summary>One point of the axes.</summary>
/// <param name="Values">The axes' values as written, in the order of <see cref="Experiment.Axes"/>.</param>
public sealed record ExperimentPoint(IReadOnlyList<string> Values, PointSettings Settings);

/// <summary>An experiment, read and checked.</summary>
/// <param name="Name">Names its folder below the results folder.</param>
/// <param name="Axes">Dotted keys that vary.</param>
/// <param name="Points">The cross product of the axes, the last axis fastest; less those that <c>where</c> leaves out.</param>
/// <param name="Baseline">The policy set that others are compared with.</param>
/// <param name="Seed">Seed of the first repetition; the k-th after it has this plus k.</param>
public sealed record Experiment(
    string Name,
    IReadOnlyList<string> Axes,
    IReadOnlyList<ExperimentPoint> Points,
    string Baseline,
    ulong Seed,
    int Repeat)
{
    /// <summary>What must hold in every row of the results.</summary>
    public IReadOnlyList<Condition> Assertions { get; init; } = [];

    /// <summary>How the largest load that meets the SLO is looked for.</summary>
    public required CapacitySettings Capacity { get; init; }

    /// <summary>Names of the policy sets, in the order of the file.</summary>
    public IReadOnlyList<string> PolicySets => [.. Points[0].Settings.Policies.Select(set => set.Name)];
}
