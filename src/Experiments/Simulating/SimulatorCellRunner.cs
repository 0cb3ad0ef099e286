using System.Text;
using Cortex.Experiments.Cells;
using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Serving;
using Cortex.Serving.Journal;
using Cortex.Sim;
using Cortex.Workloads;

namespace Cortex.Experiments.Simulating;

/// <summary>Runs cells in the simulator, which audits every run.</summary>
/// <param name="repeatSteps">Equal steps are taken in one go. Alters no number, see <see cref="ServingSettings.RepeatSteps"/>.</param>
/// <param name="journal">File for the journal of the one cell that is run, with every step; null: none.</param>
public sealed class SimulatorCellRunner(bool repeatSteps = true, string? journal = null) : ICellRunner
{
    private readonly PolicyRegistry registry = new();
    private readonly TraceCache traces = new();

    public IReadOnlyList<string> Prepare(IReadOnlyList<ResolvedCell> cells, CancellationToken cancellation)
    {
        // What cannot work shows when the simulation is put together; repetitions differ in their seed alone.
        var settings = new HashSet<string>(StringComparer.Ordinal);
        var workloads = new List<Workload>();
        foreach (ResolvedCell cell in cells)
        {
            cancellation.ThrowIfCancellationRequested();
            if (settings.Add(cell.Workload.Trace + Encoding.UTF8.GetString(CellJson.Bytes(cell with { Seed = 0 }))))
            {
                CellPlay play = Play(cell);
                Simulate(play, new MetricsCollector(), tap: null);
                workloads.Add(play.Trace.Workload);
            }
        }
        return [.. workloads.Distinct().SelectMany(workload => workload.Notes.Select(note => $"{workload.Source}: {note}").Prepend(Describe(workload)))];
    }

    public CellResult Run(ResolvedCell cell, ICallSink? calls, CancellationToken cancellation)
    {
        var metrics = new MetricsCollector();
        CellPlay play = Play(cell);
        using JournalWriter? writer = journal is null ? null : JournalFile.Create(journal, play);
        Simulation simulation = Simulate(play, play.Observer(metrics, calls), writer);
        Instant end = simulation.Run(cancellation);
        return play.Result(metrics, end, simulation.Core);
    }

<<<<<<< HEAD
    private CellPlay Play(ResolvedCell cell) => CellPlay.Of(cell, traces.Read(cell.Workload.Trace), registry, repeatSteps && journal is null);
=======
    private static string Describe(Workload workload)
    {
        (int calls, long prompt, long output) = workload.Totals;
        string branches = Enumerable.Range(0, workload.NodeCount).Any(tag => !workload.Guards(tag).IsEmpty) ? ", branches that may not be taken included" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{workload.Source} ({workload.Format}): {workload.Workflows.Length:N0} workflows, {calls:N0} calls, {prompt:N0} prompt and {output:N0} output tokens{branches}");
    }

    private Simulation Simulate(ResolvedCell cell, IServingObserver observer)
    {
        LoadedTrace trace = traces.Read(cell.Workload.Trace);
        var cluster = new SimulatedCluster(cell.Engines, cell.Costs);
        var settings = new ServingSettings
        {
            Engines = cluster.Engines,
            Stages = trace.Workload.Stages,
            CallStages = trace.CallStages,
            Seed = cell.Seed,
            RepeatSteps = repeatSteps,
        };
        var player = new TracePlayer(trace.Workload, Options(cell, trace.Workload));
        return new Simulation(settings, registry.Build(cell.Policies.Requests), player, cluster.Costs, observer);
    }
>>>>>>> ef81116 (cortex run without arguments plays the bundled sample; what cannot be read or written is told before anything runs)

    private static Simulation Simulate(CellPlay play, IServingObserver observer, JournalWriter? tap) =>
        new(play.Settings, play.Policies, play.Player, play.Cluster.Costs, observer, tap: tap);
}
