using System.Globalization;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Experiments.Simulating;
using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Runtime;
using Cortex.Runtime.Clients;
using Cortex.Runtime.Tools;
using Cortex.Serving;
using Cortex.Serving.Journal;

namespace Cortex.Experiments.Live;

/// <summary>
/// Runs a cell in real time: a thread for each engine, which computes its model or lets each step last as long as the cost model says. Tools are really
/// run where the trace says what they do. Its numbers are measured, so no two runs are quite the same.
/// </summary>
/// <param name="speed">See <see cref="LiveOptions.Speed"/>; null: real time. With any speed of its own nothing is computed, and no tool run.</param>
/// <param name="journal">File for the journal; null: none.</param>
/// <param name="timeline">File for the timeline, to be opened in Perfetto; null: none.</param>
public sealed class LiveCellRunner(double? speed = null, string? journal = null, string? timeline = null) : ICellRunner
{
    private readonly PolicyRegistry registry = new();
    private readonly TraceCache traces = new();
    private readonly LiveModels models = new();
    private readonly List<string> notes = [];

    public IReadOnlyList<string> Notes => notes;

    /// <summary>File for the journal of each cell, where several are run; null: that of the runner.</summary>
    internal Func<ResolvedCell, string>? JournalOf { get; init; }

    public IReadOnlyList<string> Prepare(IReadOnlyList<ResolvedCell> cells, CancellationToken cancellation)
    {
        CellPlay play = Play(cells[0]);
        if (speed is not null && play.Cluster.Kinds.FirstOrDefault(kind => kind.Written.IsOnCpu) is { } computing)
        {
            throw new InputException(computing.Written.Mark, $"--speed does not go with engine: {computing.Written.Engine}; allowed: with engine: {EngineKinds.Paced}");
        }
        using LiveEngines engines = new(play.Cluster, models);
        using ToolBox? tools = Tools(play);
        Backend(play, engines, tools, new MetricsCollector(), tap: null);
        return TraceDescription.Of(play.Trace);
    }

    public bool CountsUsers(ResolvedCell cell) => CellPlay.CountsUsers(cell.Workload, traces.Read(cell.Workload));

    public long? MostCalls(ResolvedCell cell) => traces.Read(cell.Workload).Totals.Calls;

    public CellResult Run(ResolvedCell cell, IRowSink? rows, CancellationToken cancellation)
    {
        CellPlay play = Play(cell);
        using LiveEngines engines = new(play.Cluster, models);
        using ToolBox? tools = Tools(play);
        return play.WithTimeline(timeline, events =>
        {
            var metrics = new MetricsCollector(play.Causes, play.Promises, withItl: play.Cell.Statistics.Itl);
            var kv = new KvTimeline();
            string? file = JournalOf?.Invoke(cell) ?? journal;
            using JournalWriter? writer = file is null ? null : JournalFile.Create(file, play, ahead: true);
            LiveBackend live = Backend(play, engines, tools, play.Observer(metrics, kv, rows, events), writer);
            events?.Open(live.Core, play.Settings.CallStages);
            Instant end = live.Run(cancellation);
            events?.Close(end);
            Tell(live.Tools);
            return play.Result(metrics, kv, end, live.Core);
        });
    }

    private void Tell(ToolTally tools)
    {
        notes.Clear();
        if (tools.Run > 0)
        {
            string outcomes = string.Join(", ", tools.Outcomes.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Value:N0} {one.Key}")));
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"tools run: {tools.Run:N0} ({outcomes}); otherwise than the trace says: {tools.Otherwise:N0}"));
        }
    }

    private CellPlay Play(ResolvedCell cell) => CellPlay.Of(cell, traces.Read(cell.Workload), registry, repeatSteps: false);

    private ToolBox? Tools(CellPlay play) => speed is null ? new(play.Trace, new()) : null;

    private LiveBackend Backend(CellPlay play, LiveEngines engines, ToolBox? tools, IServingObserver observer, JournalWriter? tap) =>
        new(play.Settings, play.Policies, play.Player, engines.All, observer, new() { Speed = speed ?? 1, Tools = tools }, tap);
}
