using Cortex.Policies;
using Cortex.Serving.Decisions;
using Cortex.Serving.Dialects;
using Cortex.Serving.Kv;

namespace Cortex.Serving.Batching;

/// <summary>
/// What dialects over paged KV have in common: the queue and the running list with their books, blocks taken and given back under the eyes
/// of the recorder, results, and runs of equal steps. Who is admitted, stepped and preempted, in which order, is the dialect's.
/// </summary>
internal abstract partial class PagedDialect : IDialect
{
    protected readonly EngineSettings settings;
    protected readonly VictimOrder victims;
    protected readonly DecisionRecorder recorder;
    protected readonly int maxRunning;
    protected readonly int watermarkBlocks;
    protected readonly DecodeClock clock = new();
    protected readonly BlockPool pool;
    protected readonly RunningSet running;
    protected readonly SequenceHeap waiting = new();

    /// <summary>A running call has left since the last plan.</summary>
    protected bool membershipChanged;

    private readonly List<StepPlan> inFlight = [];
    private readonly Queue<SpareSequence> spares = new();
    private long waitingTokens;

    /// <summary>Why the last step admitted nobody more. The same for every step of a run, whoever comes meanwhile.</summary>
    protected HoldReasons shutBy;
    private long lastNumber;
    private long steps;
    private long computedTokens;
    private long hitTokens;
    private long releasedTokens;
    private long preemptions;

    protected PagedDialect(EngineSettings settings, VictimOrder victims, DecisionRecorder recorder, BlockPool pool)
    {
        this.settings = settings;
        this.victims = victims;
        this.recorder = recorder;
        this.pool = pool;
        maxRunning = settings.MaxNumActiveSeqs ?? settings.MaxNumSeqs;
        watermarkBlocks = (int)(settings.Watermark * settings.NumBlocks);
        running = new(settings.BlockSize, clock);
    }

    public int Running => running.Count;
    public int Waiting => waiting.Count;
    public KvState Kv => new(pool.Total, pool.Free, pool.Index.DistinctKeys, pool.Evicted);
    public EngineTotals Totals => new(steps, computedTokens, hitTokens, releasedTokens, HeldTokens, preemptions);
    public abstract int MaxTokens { get; }
    public abstract bool StillRepeats { get; }

    public long QueuedPrefillTokens
    {
        get
        {
            long tokens = waitingTokens;
            for (PagedSequence? item = running.FirstLoose; item is not null; item = item.Group.Next)
            {
                // The last token is never computed, so that no step waits for it while it is in flight.
                tokens += item.LastIsAhead ? 0 : item.Known + item.Ahead - item.Computed;
            }
            return tokens;
        }
    }

    private long HeldTokens
    {
        get
        {
            long tokens = running.SteadyComputed;
            for (PagedSequence? item = running.FirstLoose; item is not null; item = item.Group.Next)
            {
                tokens += item.Computed;
            }
            return tokens;
        }
    }

    public abstract int CachedTokens(CallRequest request);
    public abstract void Plan(StepPlan plan);

    public Sequence Enqueue(CallRequest request, long arrivalNumber, long key)
    {
        int maxTotal = (int)Math.Min(settings.MaxModelLen, (long)request.PromptTokens + request.MaxTokens);
        PagedSequence item = spares.TryPeek(out SpareSequence spare) && !IsInFlight(spare.LastStep) ? spares.Dequeue().Item : new(clock);
        item.Begin(request, arrivalNumber, key, maxTotal);
        if (Running + Waiting == 0)
        {
            // Whatever the last step turned away for, this call does not wait for it.
            shutBy = HoldReasons.None;
        }
        Wait(item);
        return item;
    }

    public void Abort(Sequence sequence)
    {
        PagedSequence item = (PagedSequence)sequence;
        if (!item.IsGone)
        {
            Leave(item);
        }
    }

    public void Release(Sequence sequence) => spares.Enqueue(new((PagedSequence)sequence, inFlight.Count == 0 ? 0 : inFlight[^1].Number));

    public bool TrySwapPlaces(Sequence first, Sequence second)
    {
        PagedSequence[] both = [(PagedSequence)first, (PagedSequence)second];
        if (first == second || both.Any(item => item.IsRunning || item.HeapIndex < 0))
        {
            return false;
        }
        foreach (PagedSequence item in both)
        {
            waiting.Remove(item);
        }
        (first.Key, second.Key) = (second.Key, first.Key);
        foreach (PagedSequence item in both)
        {
            waiting.Push(item, item.Key, item.ArrivalNumber);
        }
        return true;
    }

    private void Wait(PagedSequence item)
    {
        waiting.Push(item, item.Key, item.ArrivalNumber);
        waitingTokens += item.Known;
    }

    private void LeaveWaiting(PagedSequence item)
    {
        waiting.Remove(item);
        waitingTokens -= item.Known;
    }

    private bool IsInFlight(long step) => inFlight.Count > 0 && inFlight[0].Number <= step;

    /// <summary>Out of the engine, wherever it stands.</summary>
    private void Leave(PagedSequence item)
    {
        if (item.IsRunning)
        {
            membershipChanged = true;
            LeaveRunning(item);
        }
        else
        {
            LeaveWaiting(item);
        }
        item.IsGone = true;
    }

    /// <summary>Off the running list, blocks freed.</summary>
    private void LeaveRunning(PagedSequence item)
    {
        if (item.IsSteady)
        {
            Detach(item);
        }
        running.Remove(item);
        releasedTokens += item.Computed;
        pool.Release(item.Table);
    }

    /// <summary>Back among the loose; the steps in flight must then look at it by itself.</summary>
    protected void Detach(PagedSequence item)
    {
        foreach (StepPlan plan in inFlight)
        {
            if (plan.Tick > item.JoinedAt)
            {
                plan.Detached.Add(item);
            }
        }
        running.Loosen(item);
    }

    /// <summary>A sequence that nobody has a use for but plans in flight, which may name it.</summary>
    /// <param name="LastStep">Number of the last step that was in flight when it was released; 0: none was.</param>
    private readonly record struct SpareSequence(PagedSequence Item, long LastStep);
}
