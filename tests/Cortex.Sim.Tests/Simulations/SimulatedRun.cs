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
    private readonly Dictionary<int, Instant> arrivals = [];

    /// <summary>Every call, in order of arrival.</summary>
    public IReadOnlyList<CallRecord> Records => [.. records.OrderBy(record => record.ArrivalNumber)];

    public required Simulation Simulation { get; init; }
    public required BlameCollector Blame { get; init; }

    /// <summary>Arrival and end of each workflow that has ended, by tag.</summary>
    public SortedDictionary<int, (Instant Arrived, Instant End)> Workflows { get; } = [];

    public Instant End { get; private set; }
    public RunSummary Metrics { get; private set; } = null!;
    public ulong Fingerprint => Simulation.Core.Fingerprint;

    public static SimulatedRun Play(SimulationCase @case, bool repeatSteps = true, ICoreTap? tap = null, IServingObserver? listener = null) =>
        Play(@case, repeatSteps, (_, _) => tap, listener);

    /// <summary>Step by step, with a tap that is made from what the core is made from.</summary>
    public static SimulatedRun Play(SimulationCase @case, Func<ServingSettings, PolicySet, ICoreTap> tap) => Play(@case, repeatSteps: false, tap, listener: null);

    private static SimulatedRun Play(
        SimulationCase @case, bool repeatSteps, Func<ServingSettings, PolicySet, ICoreTap?> tap, IServingObserver? listener)
    {
        Forward observer = new();
        TracePlayer player = new(@case.Workload, @case.Player);
        Causes causes = new(player);
        BlameCollector blame = new(causes);
        MetricsCollector metrics = new(causes: causes, withItl: true);
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
                settings, policies, player, [.. @case.Engines.Select(_ => @case.Cost)],
                new ObserverList([observer, metrics, blame, .. listener is null ? (IServingObserver[])[] : [listener]]),
                new() { PlanningTime = @case.PlanningTime, TellSteps = true }, tap(settings, policies)),
            Blame = blame,
        };
        observer.Target = run;
        run.End = run.Simulation.Run();
        run.Metrics = metrics.Summarise(run.End, default);
        return run;
    }

    public void WorkflowArrived(int tag, Instant at) => arrivals[tag] = at;

    public void WorkflowEnded(int tag, Instant at) => Workflows.Add(tag, (arrivals[tag], at));

    public void CallEnded(in CallRecord record) => records.Add(record);

    private sealed class Forward : IServingObserver
    {
        public IServingObserver Target { get; set; } = null!;

        public void WorkflowArrived(int tag, Instant at) => Target.WorkflowArrived(tag, at);

        public void WorkflowEnded(int tag, Instant at) => Target.WorkflowEnded(tag, at);

        public void CallArrived(int tag, Instant at) => Target.CallArrived(tag, at);

        public void CallEnded(in CallRecord record) => Target.CallEnded(record);
    }

    private sealed class Causes(TracePlayer player) : IWorkflowCauses
    {
        public (int Node, bool ByStart) CauseOf(int node) => player.CauseOf(node);

        public (int Node, bool ByStart) LastOf(int workflow) => player.LastOf(workflow);
    }
}
