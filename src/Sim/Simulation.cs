using Cortex.CostModels;
using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Serving;
using Cortex.Serving.Decisions;
using Cortex.Sim.Kernel;
using Cortex.Workloads;

namespace Cortex.Sim;

/// <summary>
/// Plays a workload against the serving core in virtual time. At one instant first what ends is told, then what arrives, then engines plan.
/// </summary>
public sealed class Simulation : IBackend
{
    private readonly Calendar calendar = new();
    private readonly TracePlayer player;
    private readonly TrueLengths lengths;
    private readonly SimulatedEngine[] devices;
    private readonly List<int> together = [];
    private readonly RunAudit audit = new();
    private Instant now;

    /// <param name="settings">The cluster.</param>
    /// <param name="policies">Fresh instances.</param>
    /// <param name="player">A fresh player of the workload.</param>
    /// <param name="costs">Step times, one entry an engine.</param>
    /// <param name="observer">Is told what metrics are made of.</param>
    /// <param name="options">How the devices are modelled.</param>
    /// <param name="tap">Hears every fact and every decision, if there is one.</param>
    /// <exception cref="PolicyException">The pooling policy cannot divide the cluster.</exception>
    public Simulation(
        ServingSettings settings, PolicySet policies, TracePlayer player, IReadOnlyList<IStepCost> costs, IServingObserver observer,
        SimulationOptions? options = null, ICoreTap? tap = null)
    {
        options ??= new();
        this.player = player;
        lengths = new(tag => player.NodeOf(tag).OutputTokens);
        Neighbours? neighbours = costs.Any(cost => cost.MindsNeighbours) ? new(costs.Count) : null;
        devices = [.. settings.Engines.Select((engine, i) =>
            new SimulatedEngine(i, costs[i], options.PlanningTime.Seconds, engine.AsyncScheduling, lengths, calendar, neighbours, options.TellSteps))];
        Core = new(settings, policies, this, new ObserverList(audit, observer), tap);
    }

    public ServingCore Core { get; }

    /// <summary>Runs until nothing is left to happen, or to the player's <see cref="TracePlayer.Deadline"/>.</summary>
    /// <returns>The time of the last event, or the deadline.</returns>
    /// <exception cref="AuditException">A law that every run obeys is broken: a fault of the program.</exception>
    /// <exception cref="OperationCanceledException">The run was given up.</exception>
    public Instant Run(CancellationToken cancellation = default)
    {
        while (NextInstant() is var next && next != Instant.Never && next < player.Deadline)
        {
            cancellation.ThrowIfCancellationRequested();
            LookUntil(next);
            now = next;
            do
            {
                TakeEnds();
                TakeArrivals();
            }
            while (NextInstant() == now); // A tool that takes no time ends at the instant at which it was started.
            Core.Settle(now);
        }
        Instant end = now;
        if (NextInstant() != Instant.Never)
        {
            end = player.Deadline;
            LookUntil(end);
            now = JustBefore(end);
        }
        audit.Close(Core, end);
        return end;
    }

    void IBackend.StartStep(WorkerId worker, StepPlan plan) => devices[worker.Value].Start(plan, now);

    void IBackend.CutRun(WorkerId worker) => devices[worker.Value].Cut(now);

    RunProgress IBackend.RunSoFar(WorkerId worker) => devices[worker.Value].SoFar(now);

    void IBackend.StartTool(int tag) => calendar.Schedule(now + player.TimeOf(tag), Phase.Tool, tag);

    void IBackend.Respond(in CallRecord record)
    {
        devices[record.Worker.Value].Forget(record.Tag);
        lengths.Forget(record.Tag);
        if (record.State != CallState.Unfinished)
        {
            player.NodeEnded(record.Tag, now, record.State == CallState.Finished ? record.OutputTokens : null);
        }
    }

    private void LookUntil(Instant next)
    {
        while (Core.NextLook <= next)
        {
            now = JustBefore(Core.NextLook);
            Core.Look();
        }
    }

    /// <summary>What ends at that very moment has not ended yet.</summary>
    private static Instant JustBefore(Instant at) => new(at.Ns - 1);

    private Instant NextInstant() => calendar.TryPeek(out ScheduledEvent next) && next.At < player.NextDue ? next.At : player.NextDue;

    private void TakeEnds()
    {
        while (calendar.TryPeek(out ScheduledEvent next) && next.At == now)
        {
            TakeTogether(next.Phase);
            foreach (int payload in together)
            {
                switch (next.Phase)
                {
                    case Phase.StepEnd:
                        StepResult result = devices[payload].Finish();
                        Core.Handle(new() { Kind = FactKind.StepFinished, At = now, Worker = new((ushort)payload), Result = result });
                        break;
                    case Phase.LastStep:
                        int count = devices[payload].Count;
                        Core.Handle(new() { Kind = FactKind.LastStepBegun, At = now, Worker = new((ushort)payload), Tag = count });
                        break;
                    default:
                        Core.Handle(new() { Kind = FactKind.ToolFinished, At = now, Tag = payload, Outcome = player.NodeOf(payload).Outcome });
                        player.NodeEnded(payload, now);
                        break;
                }
            }
        }
    }

    /// <summary>
    /// All events of this instant and phase. Those of engines in the order of their index, since the order in which they were scheduled
    /// depends on how many steps were taken in one go.
    /// </summary>
    private void TakeTogether(Phase phase)
    {
        together.Clear();
        while (calendar.TryPeek(out ScheduledEvent next) && next.At == now && next.Phase == phase)
        {
            calendar.TryPop(out next);
            together.Add(next.Payload);
        }
        if (phase != Phase.Tool)
        {
            together.Sort();
        }
    }

    private void TakeArrivals()
    {
        while (player.TryNext(now, out PlayerEvent due))
        {
            Core.Handle(due.Kind switch
            {
                PlayerEventKind.WorkflowArrived => new() { Kind = FactKind.WorkflowArrived, At = now, Tag = due.Tag },
                PlayerEventKind.WorkflowEnded => new() { Kind = FactKind.WorkflowEnded, At = now, Tag = due.Tag },
                PlayerEventKind.ToolReady => new() { Kind = FactKind.ToolArrived, At = now, Tag = due.Tag },
                _ => new() { Kind = FactKind.CallArrived, At = now, Call = Request(due.Tag) },
            });
        }
    }

    private CallRequest Request(int tag)
    {
        lengths.Begin(tag);
        return player.Request(tag, Core.MaxTokensOf(player.NodeOf(tag).Stage));
    }
}
