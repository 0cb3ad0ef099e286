using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;

namespace Cortex.Experiments.Validation;

/// <summary>
/// The runs of a validation: every policy set live and simulated, and the baseline live once more, which tells how far two live runs of the same thing lie
/// apart. As an experiment whose policy sets come twice, so that tables, files and figures show both side by side.
/// </summary>
internal sealed class ValidationPlan
{
    private const string Live = "live";
    private const string Again = "live again";
    private const string Simulated = "simulated";

    /// <exception cref="InputException">Something is not as a validation needs it.</exception>
    public ValidationPlan(Experiment experiment, TraceHashes traces, string program)
    {
        Check(experiment);
        Original = experiment;
        (string Name, string Kind)[] sets =
        [
            .. experiment.PolicySets.SelectMany(set => (string[])[Live, Simulated], (set, kind) => (set, kind)),
            (experiment.Baseline, Again),
        ];
        Experiment = experiment with
        {
            Baseline = Of(experiment.Baseline, Live),
            Points = [.. experiment.Points.Select(point => point with { Settings = point.Settings with { Policies = [.. sets.Select(set => Renamed(point, set.Name, set.Kind))] } })],
        };
        Cells = [.. PlannedCell.All(Experiment, traces, program).Select(planned => Played(planned, traces, program))];
    }

    /// <summary>As the file has it.</summary>
    public Experiment Original { get; }

    /// <summary>With every policy set twice, and the baseline once more.</summary>
    public Experiment Experiment { get; }

    /// <summary>In the order of the rows.</summary>
    public IReadOnlyList<PlannedCell> Cells { get; }

    /// <summary>In the order in which they are run: what a machine does at times falls on all sets and loads alike.</summary>
    public IReadOnlyList<PlannedCell> InTurns =>
    [
        .. Cells.Index().OrderBy(one => one.Item.Cell.Repetition).ThenBy(one => string.Join('\n', one.Item.Cell.AxisValues), StringComparer.Ordinal).ThenBy(one => one.Index).Select(one => one.Item),
    ];

    public static string LiveOf(string set) => Of(set, Live);

    public static string SimulatedOf(string set) => Of(set, Simulated);

    public static string AgainOf(string set) => Of(set, Again);

    private static string Of(string set, string kind) => $"{set} ({kind})";

    private static NamedPolicySet Renamed(ExperimentPoint point, string name, string kind) =>
        point.Settings.Policies.First(set => set.Name == name) with { Name = Of(name, kind) };

    private static PlannedCell Played(PlannedCell planned, TraceHashes traces, string program)
    {
        string name = planned.Cell.Policies.Name;
        ResolvedCell cell = planned.Cell with
        {
            IsMeasured = !name.EndsWith($"({Simulated})", StringComparison.Ordinal),
            Take = name.EndsWith($"({Again})", StringComparison.Ordinal) ? 1 : 0,
        };
        return new(cell, CellKey.Of(cell, traces.Of(cell.Workload.Trace), program));
    }

    private static void Check(Experiment experiment)
    {
        foreach (ExperimentPoint point in experiment.Points)
        {
            ResolvedEngine? idle = point.Settings.Engines.FirstOrDefault(engine => !engine.Written.IsOnCpu);
            if (idle is not null)
            {
                throw new InputException(idle.Written.Mark, $"cluster.engines.{idle.Settings.Name} computes nothing, so nothing can be validated; allowed: engine: {EngineKinds.Cpu}");
            }
            if (point.Settings.Costs.Model != "fitted")
            {
                throw new InputException(point.Settings.Costs.Mark, "costs.model: a validation needs calibrated costs; allowed: costs: {model: fitted, file: what cortex calibrate has written}");
            }
        }
    }
}
