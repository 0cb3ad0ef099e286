using Cortex.Experiments.Cells;
using Cortex.Experiments.Simulating;
using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Runtime;
using Cortex.Runtime.Engines;
using Cortex.Serving;
using Cortex.Serving.Journal;

namespace Cortex.Experiments.Live;

/// <summary>
/// Runs a cell in real time: a thread for each engine, whose steps take as long as the cost model says but compute nothing. Its numbers are
/// measured, so no two runs are quite the same.
/// </summary>
/// <param name="speed">See <see cref="LiveOptions.Speed"/>.</param>
/// <param name="journal">File for the journal; null: none.</param>
/// <param name="timeline">File for the timeline, to be opened in Perfetto; null: none.</param>
public sealed class LiveCellRunner(double speed, string? journal = null, string? timeline = null) : ICellRunner
{
    private readonly PolicyRegistry registry = new();
    private readonly TraceCache traces = new();

    public IReadOnlyList<string> Prepare(IReadOnlyList<ResolvedCell> cells, CancellationToken cancellation)
    {
        CellPlay play = Play(cells[0]);
        Backend(play, new MetricsCollector(), tap: null);
        return TraceDescription.Of(play.Trace);
    }

    public bool CountsUsers(ResolvedCell cell) => CellPlay.CountsUsers(cell.Workload, traces.Read(cell.Workload));

    public CellResult Run(ResolvedCell cell, ICallSink? calls, CancellationToken cancellation)
    {
        CellPlay play = Play(cell);
        return play.WithTimeline(timeline, events =>
        {
            var metrics = new MetricsCollector(causes: play.Causes);
            var kv = new KvTimeline();
            using JournalWriter? writer = journal is null ? null : JournalFile.Create(journal, play);
            LiveBackend live = Backend(play, play.Observer(metrics, kv, calls, events), writer);
            events?.Open(live.Core, play.Settings.CallStages);
            Instant end = live.Run(cancellation);
            events?.Close(end);
            return play.Result(metrics, kv, end, live.Core);
        });
    }

    private CellPlay Play(ResolvedCell cell) => CellPlay.Of(cell, traces.Read(cell.Workload), registry, repeatSteps: false);

    private LiveBackend Backend(CellPlay play, IServingObserver observer, JournalWriter? tap) => new(
        play.Settings, play.Policies, play.Player, [.. play.Cluster.Costs.Select(cost => new NullEngine(new PacedStepTimes(cost)))], observer, new() { Speed = speed }, tap);
}
