using Cortex.Policies;
using Cortex.Serving.Decisions;
using Cortex.Serving.Dialects;

namespace Cortex.Serving;

/// <summary>
/// One model replica as a state machine: calls go in, plans come out, results go in. It has no clock and no thread; the fleet drives it,
/// and so may a test.
/// </summary>
public sealed class EngineCore
{
    private readonly IDialect dialect;
    private readonly Queue<StepPlan> inFlight = new();
    private readonly Stack<StepPlan> spares = new();
    private readonly int depth;
    private readonly bool repeatSteps;

    /// <summary>The newest plan, if it may be repeated and nothing behind it can be planned yet.</summary>
    private StepPlan? openRun;

    /// <summary>How far the oldest plan in flight has come.</summary>
    private RunProgress progress = RunProgress.Start;

    /// <param name="settings">Resolved settings.</param>
    /// <param name="victims">Who is preempted when memory is short.</param>
    /// <param name="index">Names the engine in its decisions, from 0.</param>
    /// <param name="sink">Told of every decision, if there is one.</param>
    /// <param name="repeatSteps">See <see cref="ServingSettings.RepeatSteps"/>.</param>
    /// <exception cref="ArgumentException">The dialect is not known, or cannot do what the settings ask.</exception>
    public EngineCore(EngineSettings settings, VictimOrder victims, int index = 0, IDecisionSink? sink = null, bool repeatSteps = true)
    {
        Settings = settings;
        Recorder = new(index, sink);
        dialect = DialectCatalog.Create(settings, victims, Recorder);
        this.repeatSteps = repeatSteps;
        depth = settings.AsyncScheduling ? 1 : 0;
    }

    public EngineSettings Settings { get; }
    public int Running => dialect.Running;
    public int Waiting => dialect.Waiting;
    public long QueuedPrefillTokens => dialect.QueuedPrefillTokens;
    public KvState Kv => dialect.Kv;
    public EngineTotals Totals => dialect.Totals;

    /// <summary>Largest prompt and output together that can ever be served here.</summary>
    public int MaxTokens => dialect.MaxTokens;

    /// <summary>Whether there is someone to plan for, and room for one more step in flight.</summary>
    public bool CanPlan => inFlight.Count <= depth && openRun is null && dialect.Running + dialect.Waiting > 0;

    /// <summary>A run of repeated steps is in flight that would go on differently if it were planned now.</summary>
    public bool RunMustEnd => openRun is not null && !dialect.StillRepeats;

    /// <summary>A run of repeated steps is in flight.</summary>
    public bool HasRun => openRun is not null;

    /// <summary>Who got a further token of what was delivered last.</summary>
    internal TokenDelivery LastTokens => dialect.LastTokens;

    internal DecisionRecorder Recorder { get; }

    /// <summary>Puts a new call into the waiting queue.</summary>
    /// <param name="request">What the client asked for.</param>
    /// <param name="arrivalNumber">Order of arrival; no two calls share one.</param>
    /// <param name="key">Key of the scheduling policy; smaller goes first.</param>
    public Sequence Enqueue(CallRequest request, long arrivalNumber, long key) => dialect.Enqueue(request, arrivalNumber, key);

    /// <summary>Takes a call out, wherever it stands; blocks are freed at once, results in flight will be discarded.</summary>
    public void Abort(Sequence sequence) => dialect.Abort(sequence);

    /// <summary>The caller has no further use for a sequence that has left: it may come to stand for another call.</summary>
    public void Release(Sequence sequence) => dialect.Release(sequence);

    /// <inheritdoc cref="IDialect.TrySwapPlaces"/>
    internal bool TrySwapPlaces(Sequence first, Sequence second) => dialect.TrySwapPlaces(first, second);

    /// <summary>Tokens of the prompt whose KV is cached here, in whole blocks.</summary>
    public int CachedTokens(CallRequest request) => dialect.CachedTokens(request);

    /// <summary>Forms the next step. It counts as in flight unless it is empty; it stays valid until its result was delivered.</summary>
    public StepPlan Plan()
    {
        StepPlan plan = spares.Count > 0 ? spares.Pop() : new();
        dialect.Plan(plan);
        if (plan.IsEmpty)
        {
            spares.Push(plan);
        }
        else
        {
            // With nothing before it, an engine that plans ahead plans two steps at once.
            if (!repeatSteps || inFlight.Count < depth)
            {
                plan.RepeatLimit = 0;
            }
            inFlight.Enqueue(plan);
            openRun = plan.RepeatLimit > 0 ? plan : null;
        }
        return plan;
    }

    /// <summary>The run of repeated steps has come so far: brings the books up to date. The numbers only go up from call to call.</summary>
    public void AdvanceRun(RunProgress soFar)
    {
        if (inFlight.Peek() == openRun)
        {
            Advance(soFar);
        }
    }

    /// <summary>The last of <paramref name="count"/> steps of the run has begun: the one behind it can be planned.</summary>
    public void CloseRun(int count)
    {
        Advance(new(count, count - 1));
        openRun = null;
    }

    /// <summary>The oldest step in flight, or a run of <paramref name="count"/> steps that it began, has ended.</summary>
    /// <param name="count">Steps, at least 1.</param>
    /// <param name="now">When it ended.</param>
    /// <param name="stopped">Who got a stop token in the last of them.</param>
    /// <param name="ended">Gets who ended, in the order of the rows.</param>
    public void Deliver(int count, Instant now, List<Sequence> stopped, List<Sequence> ended)
    {
        Advance(new(count, Math.Max(progress.Ended, count - 1)));
        StepPlan plan = inFlight.Dequeue();
        progress = RunProgress.Start;
        if (openRun == plan)
        {
            openRun = null;
        }
        dialect.Deliver(plan, now, stopped, ended);
        spares.Push(plan);
    }

    private void Advance(RunProgress soFar)
    {
        if (soFar != progress)
        {
            dialect.Repeat(inFlight.Peek(), soFar.Started - progress.Started, soFar.Ended - progress.Ended);
            progress = soFar;
        }
    }
}
