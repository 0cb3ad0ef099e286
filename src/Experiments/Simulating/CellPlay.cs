using System.Globalization;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Experiments.Timelines;
using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Policies.Registry;
using Cortex.Serving;
using Cortex.Workloads;

namespace Cortex.Experiments.Simulating;

/// <summary>What one run of a cell is put together from, whichever backend plays it. Policies and player are fresh: good for one run.</summary>
internal sealed record CellPlay(
    ResolvedCell Cell, ITrace Trace, SimulatedCluster Cluster, ServingSettings Settings, PolicySet Policies, TracePlayer Player)
{
    private RowWriter? rows;

    /// <param name="repeatSteps">See <see cref="ServingSettings.RepeatSteps"/>.</param>
    /// <exception cref="InputException">Settings that do not fit each other.</exception>
    /// <exception cref="TraceException">A fault in the trace.</exception>
    /// <exception cref="PolicyException">An unknown policy or option.</exception>
    public static CellPlay Of(ResolvedCell cell, ITrace trace, PolicyRegistry registry, bool repeatSteps)
    {
        var cluster = new SimulatedCluster(cell.Engines, cell.Costs);
        var settings = new ServingSettings
        {
            Engines = cluster.Engines,
            Stages = trace.Stages,
            CallStages = trace.CallStages,
            Seed = cell.Seed,
            RepeatSteps = repeatSteps,
        };
        var player = new TracePlayer(trace, Options(cell, trace));
        return new(cell, trace, cluster, settings, registry.Build(cell.Policies.Requests), player);
    }

    /// <summary>Who blames workflows asks here.</summary>
    public IWorkflowCauses Causes => new PlayerCauses(Player);

    /// <summary>What the trace promises single calls and workflows; null: nothing.</summary>
    public IPromises? Promises => Trace.HasPromises ? new PlayerPromises(Player) : null;

    /// <summary>The metrics, the memory over time, and rows and timeline for who wants them.</summary>
    public IServingObserver Observer(MetricsCollector metrics, KvTimeline kv, IRowSink? sink, RunTimeline? timeline)
    {
        List<IServingObserver> observers = [metrics, kv];
        if (sink is not null)
        {
            observers.Add(rows = new RowWriter(Player, metrics, Cluster.Names, sink));
        }
        if (timeline is not null)
        {
            observers.Add(timeline);
        }
        return new ObserverList([.. observers]);
    }

    /// <summary>Plays it with a timeline of the run in this file, written whole or not at all; null: without.</summary>
    public T WithTimeline<T>(string? file, Func<RunTimeline?, T> play)
    {
        if (file is null)
        {
            return play(null);
        }
        T result = default!;
        TimelineFile.Write(file, stream =>
        {
            using RunTimeline timeline = new(Player, Cluster.Names, stream,
            [
                new("trace", Trace.Source),
                new("policies", Cell.Policies.Name),
                new("seed", Cell.Seed.ToString(CultureInfo.InvariantCulture)),
            ]);
            result = play(timeline);
        });
        return result;
    }

    /// <summary>What the run has come to. To be asked once, when it is over.</summary>
    public CellResult Result(MetricsCollector metrics, KvTimeline kv, Instant end, ServingCore core)
    {
        rows?.Close();
        var slo = new SloBounds(Cell.Slo.Ttft, Cell.Slo.Tpot, Cell.Slo.E2e, Cell.Slo.Workflow);
        var statistics = new RunStatistics(metrics, Player.MeasuredFrom, end, Cell.Statistics.Warmup, slo);
        RunSummary summary = metrics.Summarise(end, slo, statistics.Warmup);
        return new CellResult(
            new(summary.Counts.Select(count => KeyValuePair.Create(count.Name, count.Value)).Concat(HeldBack())),
            new(summary.Metrics.Select(metric => KeyValuePair.Create(metric.Name, metric.Value))
                .Concat(statistics.Columns().Select(column => KeyValuePair.Create(column.Name, column.Value)))),
            new(statistics.Intervals().Select(one => KeyValuePair.Create(one.Name, new Bounds(one.Interval.Low, one.Interval.High)))),
            core.Fingerprint.ToString("x16", CultureInfo.InvariantCulture))
        {
            Detail = RunDetails.Of(metrics, statistics.Warmup ?? Instant.Zero, kv, core.Pools),
        };
    }

    private IEnumerable<KeyValuePair<string, long>> HeldBack() =>
        Cell.Workload.Reading.Starts == SessionStarts.Recorded ? [KeyValuePair.Create(CountNames.HeldBack, (long)Player.HeldBack)] : [];

    /// <summary>Closed loop: as the experiment says, or else the trace.</summary>
    public static bool CountsUsers(WorkloadSettings settings, ITrace trace) =>
        settings.Players is { } players ? players == Players.Closed : trace.ClosedByDefault;

    private static PlayerOptions Options(ResolvedCell cell, ITrace trace)
    {
        WorkloadSettings settings = cell.Workload;
        bool closed = CountsUsers(settings, trace);
        if (closed && (settings.Load != Math.Floor(settings.Load) || settings.Load > int.MaxValue))
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"workload.load: {settings.Load} cannot be used: {trace.Source} is played closed loop; allowed: a whole number of users from 1 to {int.MaxValue}, or players: open"));
        }
        if (closed && settings.Arrivals == Arrivals.Poisson)
        {
            throw new InputException($"workload.arrivals: poisson cannot be used: {trace.Source} is played closed loop; allowed: recorded, or players: open");
        }
        if (!closed && settings.Snapshot != SnapshotKind.None)
        {
            throw new InputException($"workload.snapshot cannot be used: {trace.Source} is played open loop; allowed: none, or players: closed");
        }
        return new PlayerOptions
        {
            Closed = closed,
            Load = settings.Load,
            Poisson = settings.Arrivals == Arrivals.Poisson ? new RandomStream(cell.Seed, "arrivals") : null,
            MaxThink = settings.MaxThink,
            DeclareMax = settings.DeclareMax,
            Snapshot = settings.Snapshot == SnapshotKind.None
                ? null
                : new(new RandomStream(cell.Seed, "snapshot")) { From = settings.SnapshotFrom, To = settings.SnapshotTo, Primed = settings.Snapshot == SnapshotKind.Primed },
            Duration = settings.Duration,
            Grace = settings.Grace,
        };
    }
}
