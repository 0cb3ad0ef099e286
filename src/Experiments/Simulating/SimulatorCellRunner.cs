using System.Globalization;
using System.Text;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Policies.Registry;
using Cortex.Serving;
using Cortex.Sim;
using Cortex.Workloads;

namespace Cortex.Experiments.Simulating;

/// <summary>Runs cells in the simulator, and audits every run.</summary>
/// <param name="repeatSteps">Equal steps are taken in one go. Alters no number, see <see cref="ServingSettings.RepeatSteps"/>.</param>
public sealed class SimulatorCellRunner(bool repeatSteps = true) : ICellRunner
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
                Simulate(cell, new MetricsCollector());
                workloads.Add(traces.Read(cell.Workload.Trace).Workload);
            }
        }
        return [.. workloads.Distinct().SelectMany(workload => workload.Notes.Select(note => $"{workload.Source}: {note}"))];
    }

    public CellResult Run(ResolvedCell cell, ICallSink? calls, CancellationToken cancellation)
    {
        var metrics = new MetricsCollector();
        var audit = new RunAudit();
        Workload workload = traces.Read(cell.Workload.Trace).Workload;
        IServingObserver observer = calls is null
            ? new ObserverList(metrics, audit)
            : new ObserverList(metrics, audit, new CallRowWriter(workload, new SimulatedCluster(cell.Engines, cell.Costs).Names, calls));
        Simulation simulation = Simulate(cell, observer);
        Instant end = simulation.Run(cancellation);
        audit.Check(end);
        foreach (EngineCore engine in simulation.Core.Engines)
        {
            RunAudit.CheckEngine(engine.Totals, engine.Kv, engine.Running);
        }
        RunSummary summary = metrics.Summarise(end, new SloBounds(cell.Slo.Ttft, cell.Slo.Tpot, cell.Slo.E2e, cell.Slo.Workflow));
        return new CellResult(
            new(summary.Counts.Select(count => KeyValuePair.Create(count.Name, count.Value))),
            new(summary.Metrics.Select(metric => KeyValuePair.Create(metric.Name, metric.Value))),
            simulation.Core.Fingerprint.ToString("x16", CultureInfo.InvariantCulture));
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

    private static PlayerOptions Options(ResolvedCell cell, Workload workload)
    {
        WorkloadSettings settings = cell.Workload;
        bool closed = settings.Players is { } players ? players == Players.Closed : workload.ClosedByDefault;
        if (closed && settings.Load != Math.Floor(settings.Load))
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"workload.load: {settings.Load} cannot be used: {workload.Source} is played closed loop; allowed: a whole number of users from 1, or players: open"));
        }
        if (closed && settings.Arrivals == Arrivals.Poisson)
        {
            throw new InputException($"workload.arrivals: poisson cannot be used: {workload.Source} is played closed loop; allowed: recorded, or players: open");
        }
        return new PlayerOptions
        {
            Closed = closed,
            Load = settings.Load,
            Poisson = settings.Arrivals == Arrivals.Poisson ? new RandomStream(cell.Seed, "arrivals") : null,
            MaxThink = settings.MaxThink,
            DeclareMax = settings.DeclareMax,
        };
    }
}
