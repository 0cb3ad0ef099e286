using System.Globalization;
using Cortex.Experiments.Config;

namespace Cortex.Experiments.Cells;

/// <summary>A cell with its content address.</summary>
public sealed record PlannedCell(ResolvedCell Cell, string Key)
{
    // A slip of the finger is to be told, not to fill the memory.
    private const int Most = 1_000_000;

    /// <summary>All cells of an experiment: policy sets × points × repetitions, the repetition fastest.</summary>
    /// <param name="live">They are played in real time.</param>
    /// <exception cref="InputException">A trace cannot be read, or the cells are too many to be listed.</exception>
    public static IReadOnlyList<PlannedCell> All(Experiment experiment, TraceHashes traces, string program, bool live = false)
    {
        double count = (double)experiment.PolicySets.Count * experiment.Points.Count * experiment.Repeat;
        if (count > Most)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"{count:N0} cells ({experiment.PolicySets.Count} policy sets × {experiment.Points.Count} points × {experiment.Repeat} repetitions); allowed: at most {Most:N0}"));
        }
        var cells = new List<PlannedCell>();
        for (int set = 0; set < experiment.PolicySets.Count; set++)
        {
            foreach (ExperimentPoint point in experiment.Points)
            {
                for (int repetition = 0; repetition < experiment.Repeat; repetition++)
                {
                    PointSettings at = point.Settings;
                    var cell = new ResolvedCell(
                        at.Policies[set], point.Values, repetition, experiment.Seed + (ulong)repetition, at.Workload, at.Engines, at.Costs, at.Slo, at.Statistics)
                    {
                        IsMeasured = live && at.Engines.All(engine => engine.Written.IsOnCpu),
                    };
                    cells.Add(new PlannedCell(cell, CellKey.Of(cell, traces.Of(at.Workload.Trace), program)));
                }
            }
        }
        return cells;
    }

    /// <summary>For messages, such as <c>isolated, workload.load=2, repetition 3</c>.</summary>
    public string Describe(IReadOnlyList<string> axes)
    {
        IEnumerable<string> values = axes.Zip(Cell.AxisValues, (axis, value) => $"{axis}={value}");
        return $"{Cell.Policies.Name}, {string.Join(", ", values)}, repetition {Cell.Repetition + 1}";
    }
}
