using Cortex.Policies;
using Cortex.Serving.Batching;
using Cortex.Serving.Decisions;
using Cortex.Serving.Kv;

namespace Cortex.Serving.Dialects.Vllm;

/// <summary>
/// The dialect <c>vllm-v1</c>: decides as vLLM's v1 scheduler does, block ids included, synchronous and asynchronous (vLLM 0.19 to 0.32;
/// the rules by number are those of docs/dialects/vllm-v1.md). One token budget a step, no phases, running before waiting, chunked
/// prefill, preemption of the tail by recompute.
/// </summary>
internal sealed partial class VllmDialect : IDialect
{
    private static readonly Version HeadOfQueueForKeyless = new(0, 28);
    private static readonly Version ExemptSinglePrefill = new(0, 31);

    private readonly EngineSettings settings;
    private readonly VictimOrder victims;
    private readonly DecisionRecorder recorder;
    private readonly int maxRunning;
    private readonly int watermarkBlocks;
    private readonly bool scanFollowsVictim;
    private readonly bool exemptSingle;

    private readonly DecodeClock clock = new();
    private readonly BlockPool pool;
    private readonly RunningSet running;
    private readonly SequenceHeap waiting = new();
    private readonly List<StepPlan> inFlight = [];
    private long waitingTokens;
    private long lastNumber;
    private long computedTokens;
    private long hitTokens;
    private long releasedTokens;
    private long preemptions;

    public VllmDialect(EngineSettings settings, VictimOrder victims, DecisionRecorder recorder)
    {
        this.settings = settings;
        this.victims = victims;
        this.recorder = recorder;
        maxRunning = settings.MaxNumActiveSeqs ?? settings.MaxNumSeqs;
        watermarkBlocks = (int)(settings.Watermark * settings.NumBlocks);
        scanFollowsVictim = settings.Release >= HeadOfQueueForKeyless;
        exemptSingle = settings.Release >= ExemptSinglePrefill;
        pool = new(settings.BlockSize, firstId: 1, settings.NumBlocks - 1, keylessFirst: settings.Release >= HeadOfQueueForKeyless);
        running = new(settings.BlockSize, clock);
    }

    public int Running => running.Count;
    public int Waiting => waiting.Count;
    public KvState Kv => new(pool.Total, pool.Free, pool.Index.DistinctKeys, pool.Evicted);

    public EngineTotals Totals => new(lastNumber, computedTokens, hitTokens, releasedTokens, HeldTokens, preemptions);

    public int MaxTokens => (int)Math.Min(settings.MaxModelLen, (long)(settings.NumBlocks - 1) * settings.BlockSize);

    public long QueuedPrefillTokens
    {
        get
        {
            long tokens = waitingTokens;
            for (PagedSequence? item = running.FirstLoose; item is not null; item = item.GroupNext)
            {
                tokens += item.Known + item.Ahead - item.Computed;
            }
            return tokens;
        }
    }

    public Sequence Enqueue(CallRequest request, long arrivalNumber, long key)
    {
        PagedSequence item = new(clock);
        int maxTotal = (int)Math.Min(settings.MaxModelLen, (long)request.PromptTokens + request.MaxTokens);
        item.Reset(request, arrivalNumber, key, maxTotal);
        Wait(item);
        return item;
    }

    public void Abort(Sequence sequence)
    {
        PagedSequence item = (PagedSequence)sequence;
        if (item.IsGone)
        {
            return;
        }
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

    public int CachedTokens(CallRequest request)
    {
        if (!settings.EnablePrefixCaching)
        {
            return 0;
        }
        pool.Index.Find(new(request.Prompt, request.Output), (request.PromptTokens - 1) / settings.BlockSize, probe);
        return probe.Blocks * settings.BlockSize;
    }

    private long HeldTokens
    {
        get
        {
            long tokens = running.SteadyComputed;
            for (PagedSequence? item = running.FirstLoose; item is not null; item = item.GroupNext)
            {
                tokens += item.Computed;
            }
            return tokens;
        }
    }

    private readonly PrefixMatch probe = new();

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

    /// <summary>Off the running list, blocks freed (rules 5, 14, 17, 19).</summary>
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
    private void Detach(PagedSequence item)
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

    private void TakeBlocks(DecisionAxis axis, PagedSequence item, long answer, int blocks, int options)
    {
        long evicted = pool.Evicted;
        int candidates = pool.FreeKeyed;
        ReadOnlySpan<int> taken = pool.Take(item.Table, blocks);
        recorder.Record(axis, item.ArrivalNumber, answer, taken, options);
        if (pool.Evicted > evicted)
        {
            recorder.Record(DecisionAxis.Eviction, item.ArrivalNumber, pool.Evicted - evicted, [], candidates);
        }
    }

    /// <summary>Gives keys to the full blocks among the first <paramref name="tokens"/> tokens (rule 12).</summary>
    private void Publish(PagedSequence item, int tokens)
    {
        int blocks = tokens / settings.BlockSize - item.Table.KeyedBlocks;
        if (blocks > 0 && settings.EnablePrefixCaching)
        {
            pool.Index.Publish(item.Table, blocks, ref item.KeyCursor);
        }
    }
}
