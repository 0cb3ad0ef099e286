using System.Collections.Concurrent;
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
/// <param name="timeline">File for the timeline of the one cell that is run, to be opened in Perfetto; null: none.</param>
public sealed class SimulatorCellRunner(bool repeatSteps = true, string? journal = null, string? timeline = null) : ICellRunner
{
    private readonly PolicyRegistry registry = new();
    private readonly TraceCache traces = new();

    /// <summary>Room of runs that have ended, for those to come.</summary>
    private readonly ConcurrentBag<MetricsPages> rooms = [];

    public IReadOnlyList<string> Prepare(IReadOnlyList<ResolvedCell> cells, CancellationToken cancellation)
    {
        // What cannot work shows when the simulation is put together; repetitions differ in their seed alone.
        var settings = new HashSet<string>(StringComparer.Ordinal);
        var loaded = new List<ITrace>();
        var warnings = new List<string>();
        foreach (ResolvedCell cell in cells)
        {
            cancellation.ThrowIfCancellationRequested();
            if (settings.Add(cell.Workload.Trace + Encoding.UTF8.GetString(CellJson.Bytes(cell with { Seed = 0 }))))
            {
                CellPlay play = Play(cell);
                Simulation simulation = Simulate(play, new MetricsCollector(), tap: null);
                loaded.Add(play.Trace);
                warnings.AddRange(Forecast.Of(play, simulation.Core.Engines.Max(engine => engine.MaxTokens)));
            }
        }
        return [.. loaded.Distinct().SelectMany(TraceDescription.Of), .. warnings.Distinct()];
    }

    public bool CountsUsers(ResolvedCell cell) => CellPlay.CountsUsers(cell.Workload, traces.Read(cell.Workload));

    public bool HasPromises(ResolvedCell cell) => traces.Read(cell.Workload).HasPromises;

    public long? MostCalls(ResolvedCell cell) => traces.Read(cell.Workload).Totals.Calls;

    public CellResult Run(ResolvedCell cell, IRowSink? rows, CancellationToken cancellation)
    {
        CellPlay play = Play(cell);
        MetricsPages room = rooms.TryTake(out MetricsPages? left) ? left : new();
        CellResult result = play.WithTimeline(timeline, events =>
        {
            using var metrics = new MetricsCollector(play.Causes, play.Promises, room, play.Cell.Statistics.Itl);
            var kv = new KvTimeline();
            using JournalWriter? writer = journal is null ? null : JournalFile.Create(journal, play);
            Simulation simulation = Simulate(play, play.Observer(metrics, kv, rows, events), writer);
            events?.Open(simulation.Core, play.Settings.CallStages);
            Instant end = simulation.Run(cancellation);
            events?.Close(end);
            return play.Result(metrics, kv, end, simulation.Core);
        });
        rooms.Add(room);
        return result;
    }

    private CellPlay Play(ResolvedCell cell) => CellPlay.Of(cell, traces.Read(cell.Workload), registry, repeatSteps && journal is null);

    private static Simulation Simulate(CellPlay play, IServingObserver observer, JournalWriter? tap) =>
        new(play.Settings, play.Policies, play.Player, play.Cluster.Costs, observer, new() { PlanningTime = play.Cell.Costs.PlanningTime, TellSteps = play.Cell.Statistics.Itl }, tap);
}
