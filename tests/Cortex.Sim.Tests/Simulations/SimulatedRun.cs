using Cortex.CostModels;
using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Serving;
using Cortex.Serving.Decisions;
using Cortex.Workloads;

namespace Cortex.Sim.Tests.Simulations;

/// <summary>One simulation and all that it told</summary>
public sealed class SimulatedRun : IServingObserver
{
    private readonly List<CallRecord> records = [];

    /// <summary>Every call, in order of arrival.</summary>
    public IReadOnlyList<CallRecord> Records => [.. records.OrderBy(record => record.ArrivalNumber)];

    public required Simulation Simulation { get; init; }
    public Instant End { get; private set; }
    public RunSummary Metrics { get; private set; } = null!;
    public ulong Fingerprint => Simulation.Core.Fingerprint;

    public static SimulatedRun Play(SimulationCase @case, bool repeatSteps = true, ICoreTap? tap = null) => Play(@case, repeatSteps, (_, _) => tap);

    /// <summary>Step by step, with a tap that is made from what the core is made from.</summary>
    public static SimulatedRun Play(SimulationCase @case, Func<ServingSettings, PolicySet, ICoreTap> tap) => Play(@case, repeatSteps: false, tap);

    private static SimulatedRun Play(SimulationCase @case, bool repeatSteps, Func<ServingSettings, PolicySet, ICoreTap?> tap)
    {
        Forward observer = new();
        MetricsCollector metrics = new();
        Workload workload = @case.Workload;
        ServingSettings settings = new()
        {
            Engines = @case.Engines,
            Stages = workload.Stages,
            CallStages = [.. workload.Nodes.Where(node => node.Kind == NodeKind.Llm).Select(node => node.Stage).Distinct().OrderBy(stage => stage.Value)],
            Seed = @case.Seed,
            RepeatSteps = repeatSteps,
        };
        PolicySet policies = new PolicyRegistry().Build(
            @case.Policies.ToDictionary(axis => axis.Key, axis => new PolicyRequest(axis.Value, new Dictionary<string, string>())));
        SimulatedRun run = new()
        {
            Simulation = new(
                settings, policies, new TracePlayer(workload, @case.Player), [.. @case.Engines.Select(_ => @case.Cost)],
                new ObserverList(observer, metrics),
                new() { PlanningTime = @case.PlanningTime }, tap(settings, policies)),
        };
        observer.Target = run;
        run.End = run.Simulation.Run();
        run.Metrics = metrics.Summarise(run.End, default);
        return run;
    }

    public void WorkflowArrived(int tag, Instant at)
    {
    }

    public void WorkflowEnded(int tag, Instant at)
    {
    }

    public void CallArrived(int tag, Instant at)
    {
    }

    public void CallEnded(in CallRecord record) => records.Add(record);

    private sealed class Forward : IServingObserver
    {
        public IServingObserver Target { get; set; } = null!;

        public void WorkflowArrived(int tag, Instant at) => Target.WorkflowArrived(tag, at);

        public void WorkflowEnded(int tag, Instant at) => Target.WorkflowEnded(tag, at);

        public void CallArrived(int tag, Instant at) => Target.CallArrived(tag, at);

        public void CallEnded(in CallRecord record) => Target.CallEnded(record);
    }
}
