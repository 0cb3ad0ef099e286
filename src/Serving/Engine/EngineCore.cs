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
    private static readonly RunProgress StartOfRun = new(Started: 1, Ended: 0);
    private readonly int depth;
    private RunProgress run = StartOfRun;

    /// <param name="settings">Resolved settings.</param>
    /// <param name="victims">Who is preempted when memory is short.</param>
    /// <param name="index">Names the engine in its decisions, from 0.</param>
    /// <param name="sink">Told of every decision, if there is one.</param>
    /// <exception cref="ArgumentException">The dialect is not known, or cannot do what the settings ask.</exception>
    public EngineCore(EngineSettings settings, VictimOrder victims, int index = 0, IDecisionSink? sink = null)
    {
        Settings = settings;
        Recorder = new(index, sink);
        dialect = DialectCatalog.Create(settings, victims, Recorder);
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

    /// <summary>Steps planned whose result has not come.</summary>
    public int InFlight => inFlight.Count;

    /// <summary>Whether there is someone to plan for, and room for one more step in flight.</summary>
    public bool CanPlan => inFlight.Count <= depth && dialect.Running + dialect.Waiting > 0;

    /// <summary>A run of repeated steps is in flight that would go on differently if it were planned now.</summary>
    public bool RunMustEnd => inFlight.Count > 0 && inFlight.Peek().RepeatLimit > 0 && !dialect.StillRepeats;

    /// <summary>A run of repeated steps is in flight.</summary>
    public bool HasRun => inFlight.Count > 0 && inFlight.Peek().RepeatLimit > 0;

    internal DecisionRecorder Recorder { get; }

    /// <summary>Puts a new call into the waiting queue.</summary>
    /// <param name="request">What the client asked for.</param>
    /// <param name="arrivalNumber">Order of arrival; no two calls share one.</param>
    /// <param name="key">Key of the scheduling policy; smaller goes first.</param>
    public Sequence Enqueue(CallRequest request, long arrivalNumber, long key) => dialect.Enqueue(request, arrivalNumber, key);

    /// <summary>Takes a call out, wherever it stands; blocks are freed at once, results in flight will be discarded.</summary>
    public void Abort(Sequence sequence) => dialect.Abort(sequence);

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
            inFlight.Enqueue(plan);
        }
        return plan;
    }

    /// <summary>A run of repeated steps has come so far: brings the books up to date. The numbers only go up from call to call.</summary>
    public void AdvanceRun(RunProgress progress)
    {
        if (progress != run)
        {
            dialect.Repeat(inFlight.Peek(), progress.Started - run.Started, progress.Ended - run.Ended);
            run = progress;
        }
    }

    /// <summary>The oldest step in flight, or a run of <paramref name="count"/> steps that it began, has ended.</summary>
    /// <param name="count">Steps, at least 1.</param>
    /// <param name="now">When it ended.</param>
    /// <param name="stopped">Who got a stop token in the last of them.</param>
    /// <param name="ended">Gets who ended, in the order of the rows.</param>
    public void Deliver(int count, Instant now, List<Sequence> stopped, List<Sequence> ended)
    {
        AdvanceRun(new(count, Math.Max(run.Ended, count - 1)));
        StepPlan plan = inFlight.Dequeue();
        run = StartOfRun;
        dialect.Deliver(plan, now, stopped, ended);
        spares.Push(plan);
    }
}
