using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Policies.Registry;
using Cortex.Serving.Decisions;
using Cortex.Serving.Fleet;

namespace Cortex.Serving;

/// <summary>
/// The serving core: the fleet and its engines as one deterministic state machine. Facts go in through <see cref="Handle"/>, in batches that
/// <see cref="Settle"/> closes; commands go out through <see cref="IBackend"/>. No clock, no thread, no chance but named streams: the same
/// batches of facts give the same decisions.
/// </summary>
public sealed class ServingCore
{
    private readonly PolicySet policies;
    private readonly IBackend backend;
    private readonly IServingObserver observer;
    private readonly ICoreTap? tap;
    private readonly EngineCore[] engines;
    private readonly Workflows workflows = new();
    private readonly CandidateWorkers candidates;
    private readonly Pools pools;
    private readonly RandomStream routingChance;
    private readonly RandomStream schedulingChance;
    private readonly DecisionRecorder recorder;
    private readonly Dictionary<int, Sequence> calls = [];
    private readonly Slots slots = new();
    private readonly SortedWorkers dirty;
    private readonly List<Sequence> stopped = [];
    private readonly List<Sequence> ended = [];
    private long arrivals;

    /// <param name="settings">Cluster and program.</param>
    /// <param name="policies">Fresh instances: policies remember.</param>
    /// <param name="backend">Carries out the commands.</param>
    /// <param name="observer">Is told what metrics are made of.</param>
    /// <param name="tap">Hears every fact and every decision, if there is one.</param>
    /// <exception cref="PolicyException">The pooling policy cannot divide the cluster.</exception>
    public ServingCore(ServingSettings settings, PolicySet policies, IBackend backend, IServingObserver observer, ICoreTap? tap = null)
    {
        this.policies = policies;
        this.backend = backend;
        this.observer = observer;
        this.tap = tap;
        engines = [.. settings.Engines.Select((engine, i) => new EngineCore(engine, policies.Scheduling.Victims, i, tap, settings.RepeatSteps))];
        dirty = new(engines.Length);
        pools = new(settings, engines, policies.Pooling);
        candidates = new(engines, pools, backend);
        NextLook = observer.NextLook;
        recorder = new(source: -1, tap);
        routingChance = new(settings.Seed, "routing");
        schedulingChance = new(settings.Seed, "scheduling");
    }

    public IReadOnlyList<EngineCore> Engines => engines;

    /// <summary>The pools that the cluster is divided into, in the order of their ids.</summary>
    public IReadOnlyList<PoolInfo> Pools => pools.All;

    /// <summary>
    /// When the observer wants to look at the engines next. Before the backend hands in facts of this time or later, it calls <see cref="Look"/>.
    /// </summary>
    public Instant NextLook { get; private set; }

    /// <summary>Calls that are waiting or running.</summary>
    public int CallsInside => calls.Count;

    /// <summary>Mix of all decisions, fleet first, then engine by engine.</summary>
    public ulong Fingerprint => engines.Aggregate(recorder.Fingerprint, (mix, engine) => DecisionMix.Add(mix, engine.Recorder.Fingerprint));

    /// <summary>Decisions of all engines and the fleet on an axis, and those of them that had two answers or more.</summary>
    public (long All, long Choices) Decisions(DecisionAxis axis) =>
        engines.Aggregate((recorder.Count(axis), recorder.Choices(axis)),
            (sum, engine) => (sum.Item1 + engine.Recorder.Count(axis), sum.Item2 + engine.Recorder.Choices(axis)));

    /// <summary>Largest prompt and output together that a worker of the stage's pool can ever serve.</summary>
    public int MaxTokensOf(StageId stage) => candidates.MaxTokensOf(stage);

    /// <summary>The pool that the worker belongs to.</summary>
    public PoolId PoolOf(WorkerId worker) => pools.PoolOf(worker.Value);

    /// <summary>The pool that serves the stage, which calls a model.</summary>
    public PoolId PoolOf(StageId stage) => pools.PoolOf(pools.Of(stage).Workers[0]);

    /// <summary>Takes in one fact.</summary>
    /// <exception cref="InvalidOperationException">A fact about a workflow or step that is not under way.</exception>
    public void Handle(in Fact fact)
    {
        tap?.Handling(fact);
        switch (fact.Kind)
        {
            case FactKind.WorkflowArrived:
                workflows.Start(fact.Tag);
                observer.WorkflowArrived(fact.Tag, fact.At);
                break;
            case FactKind.WorkflowEnded:
                workflows.End(fact.Tag);
                observer.WorkflowEnded(fact.Tag, fact.At);
                break;
            case FactKind.CallArrived:
                Arrive(fact.Call!, fact.At);
                break;
            case FactKind.ToolArrived:
                observer.ToolStarted(fact.Tag, fact.At);
                backend.StartTool(fact.Tag);
                break;
            case FactKind.ToolFinished or FactKind.ToolFailed:
                observer.ToolEnded(fact.Tag, fact.At);
                break;
            case FactKind.StepFinished:
                FinishStep(fact.Worker.Value, fact.Result!, fact.At);
                break;
            case FactKind.LastStepBegun:
                engines[fact.Worker.Value].CloseRun(fact.Tag);
                dirty.Add(fact.Worker.Value);
                break;
            case FactKind.Cancelled:
                Cancel(fact.Tag, fact.At);
                break;
            default:
                throw new InvalidOperationException($"fact {fact.Kind} is not known");
        }
    }

    /// <summary>
    /// Two calls that wait for the same worker change places, against their scheduling policy: what would be if just this had been decided
    /// otherwise? False, and nothing happens, if they do not.
    /// </summary>
    public bool TrySwapPlaces(int firstCall, int secondCall) =>
        calls.TryGetValue(firstCall, out Sequence? first) && calls.TryGetValue(secondCall, out Sequence? second)
        && first.Worker == second.Worker && engines[first.Worker.Value].TrySwapPlaces(first, second);

    /// <summary>Closes a batch of facts: every engine that something changed for plans what it can.</summary>
    public void Settle(Instant now)
    {
        tap?.Settling(now);
        while (dirty.TryTake(out int worker))
        {
            EngineCore engine = engines[worker];
            if (engine.RunMustEnd)
            {
                backend.CutRun(new((ushort)worker));
            }
            while (engine.CanPlan)
            {
                StepPlan plan = engine.Plan();
                Tell(new((ushort)worker), plan, now);
                if (plan.IsEmpty)
                {
                    break;
                }
                observer.StepStarted(new((ushort)worker), plan, engine.Kv, now);
                backend.StartStep(new((ushort)worker), plan);
            }
        }
    }

    /// <summary>Who is scheduled in by the plan, and who had to go for it.</summary>
    private void Tell(WorkerId worker, StepPlan plan, Instant now)
    {
        foreach (Sequence call in plan.Preempted)
        {
            call.SetBack(now);
            observer.CallPreempted(call.Request.Tag, worker, now);
        }
        foreach (StepRow row in plan.Rows)
        {
            if (row.Kind == RowKind.Running)
            {
                continue;
            }
            if (row.Kind == RowKind.Admitted)
            {
                row.Sequence.Scheduled = now;
            }
            observer.CallScheduled(row.Sequence.Request.Tag, worker, now);
        }
    }

    /// <summary>Lets the observer look at the engines. Runs in progress are brought up to the moment, as when a policy looks, so nothing is decided otherwise for it.</summary>
    public void Look()
    {
        CatchUp();
        observer.Look(NextLook, engines);
        NextLook = observer.NextLook;
    }

    /// <summary>The run is over at <paramref name="now"/>: what is still inside ends as <see cref="CallState.Unfinished"/>.</summary>
    public void Close(Instant now)
    {
        CatchUp();
        tap?.Closing(now, Fingerprint);
        foreach (Sequence call in calls.Values.OrderBy(call => call.ArrivalNumber).ToArray())
        {
            Leave(call, CallState.Unfinished, now);
        }
    }

    /// <summary>Brings the books of engines with a run of steps in progress up to the moment.</summary>
    private void CatchUp()
    {
        for (int worker = 0; worker < engines.Length; worker++)
        {
            if (engines[worker].HasRun)
            {
                engines[worker].AdvanceRun(backend.RunSoFar(new((ushort)worker)));
            }
        }
    }

    private void Arrive(CallRequest request, Instant now)
    {
        long number = arrivals++;
        WorkflowState workflow = workflows[request.WorkflowTag];
        observer.CallArrived(request.Tag, now);
        candidates.Open(request, workflow, now);
        if (candidates.Count == 0)
        {
            Refuse(request, number, now);
            return;
        }
        (int slot, int generation) = slots.Take();
        CallView view = new()
        {
            Id = new(slot, generation),
            Workflow = workflow.Id,
            Stage = request.Stage,
            Model = engines[candidates.WorkerAt(0)].Settings.Model,
            ArrivalNumber = number,
            Priority = request.Priority,
            Ready = now,
            PromptTokens = request.PromptTokens,
            MaxTokens = request.MaxTokens,
        };
        int choice = policies.Routing.Route(view, new(candidates), new() { Now = now, Random = routingChance });
        if ((uint)choice >= (uint)candidates.Count)
        {
            throw new PolicyException($"routing: the answer {choice} is none of the {candidates.Count} candidates");
        }
        int worker = candidates.WorkerAt(choice);
        recorder.Record(DecisionAxis.Routing, number, worker, [], candidates.Count);
        workflow.LastWorker = worker;
        long key = policies.Scheduling.Key(view, new() { Now = now, Random = schedulingChance });
        Sequence sequence = engines[worker].Enqueue(Bounded(request, engines[worker]), number, key);
        sequence.Id = view.Id;
        sequence.Worker = new((ushort)worker);
        sequence.Ready = now;
        calls.Add(request.Tag, sequence);
        dirty.Add(worker);
        observer.CallRouted(request.Tag, sequence.Worker, now);
    }

    /// <summary>
    /// A call that does not say how long it may become ends where the engine's memory does, if that is less than its model's length: it could
    /// neither go on nor be admitted again, and would block the queue for ever.
    /// </summary>
    private static CallRequest Bounded(CallRequest request, EngineCore engine)
    {
        int room = engine.MaxTokens - request.PromptTokens;
        return request.MaxTokens > room && engine.MaxTokens < engine.Settings.MaxModelLen ? request with { MaxTokens = room } : request;
    }

    private void Cancel(int tag, Instant now)
    {
        if (!calls.TryGetValue(tag, out Sequence? call))
        {
            return;
        }
        EngineCore engine = engines[call.Worker.Value];
        if (engine.HasRun)
        {
            engine.AdvanceRun(backend.RunSoFar(call.Worker));
        }
        engine.Abort(call);
        dirty.Add(call.Worker.Value);
        Leave(call, CallState.Cancelled, now);
        engine.Release(call);
    }

    private void FinishStep(int worker, StepResult result, Instant now)
    {
        stopped.Clear();
        ended.Clear();
        foreach (int tag in result.Stopped)
        {
            if (calls.TryGetValue(tag, out Sequence? call))
            {
                stopped.Add(call);
            }
        }
        engines[worker].Deliver(result.Count, now, stopped, ended);
        observer.StepEnded(new((ushort)worker), result, engines[worker].LastTokens, now);
        foreach (Sequence sequence in ended)
        {
            Leave(sequence, CallState.Finished, now);
            engines[worker].Release(sequence);
        }
        dirty.Add(worker);
    }

    private void Leave(Sequence sequence, CallState state, Instant now)
    {
        CallRequest request = sequence.Request;
        sequence.CatchUp(now);
        calls.Remove(request.Tag);
        slots.Return(sequence.Id.Slot, sequence.Id.Generation);
        Respond(new()
        {
            Tag = request.Tag,
            WorkflowTag = request.WorkflowTag,
            ArrivalNumber = sequence.ArrivalNumber,
            Stage = request.Stage,
            State = state,
            Ready = sequence.Ready,
            Scheduled = sequence.Scheduled,
            FirstToken = sequence.FirstToken,
            End = now,
            PromptTokens = request.PromptTokens,
            OutputTokens = sequence.Produced,
            HitTokens = sequence.FirstHitTokens,
            Preemptions = sequence.Preemptions,
            Lost = sequence.Lost,
            LostInPrefill = sequence.LostInPrefill,
            HeldBy = sequence.HeldBy,
            Worker = sequence.Worker,
        });
    }

    private void Refuse(CallRequest request, long number, Instant now) => Respond(new()
    {
        Tag = request.Tag,
        WorkflowTag = request.WorkflowTag,
        ArrivalNumber = number,
        Stage = request.Stage,
        State = CallState.Refused,
        Ready = now,
        Scheduled = Instant.Never,
        FirstToken = Instant.Never,
        End = now,
        PromptTokens = request.PromptTokens,
        OutputTokens = 0,
        HitTokens = 0,
        Preemptions = 0,
        Refusal = candidates.Refusal,
        Worker = default,
    });

    private void Respond(in CallRecord record)
    {
        observer.CallEnded(record);
        backend.Respond(record);
    }
}
