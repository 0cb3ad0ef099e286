using Cortex.Experiments.Config;

namespace Cortex.Experiments.Cells;

/// <summary>One run: a policy set at one point of the axes in one repetition. Everything that decides its numbers, but the trace's content.</summary>
/// <param name="AxisValues">As written, in the order of <see cref="Experiment.Axes"/>; labels only.</param>
/// <param name="Repetition">From 0.</param>
/// <param name="Seed">Belongs to the repetition: all cells of one repetition meet the same chance.</param>
public sealed record ResolvedCell(
    NamedPolicySet Policies,
    IReadOnlyList<string> AxisValues,
    int Repetition,
    ulong Seed,
    WorkloadSettings Workload,
    IReadOnlyList<ResolvedEngine> Engines,
    CostSettings Costs,
    SloSettings Slo,
    StatisticsSettings Statistics)
{
    /// <summary>Played live, and every engine computes: no time comes from a cost model.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>Which of several live runs of the same cell, from 0: no two are quite alike.</summary>
    public int Take { get; init; }

    /// <summary>Of its step times; with several groups of engines that of the least trusted.</summary>
    public CostStamp Stamp => IsMeasured ? CostStamp.Measured : new(Costs.Model, Engines.Min(engine => engine.StepCost(Costs).Qualification));
}
