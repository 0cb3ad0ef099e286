using Cortex.Policies;
using Cortex.Serving.Decisions;

namespace Cortex.Serving.Batching;

/// <content>What steps are made of.</content>
internal abstract partial class PagedDialect
{
    /// <summary>A decode by a row of its own, not a piece of prefill.</summary>
    protected abstract bool IsDecode(in StepRow row);

    protected void Begin(StepPlan plan)
    {
        plan.Clear();
        plan.Number = ++lastNumber;
        membershipChanged = false;
    }

    /// <summary>From the waiting queue to the end of the running list, as yet without blocks; <paramref name="hit"/> tokens were found in the cache.</summary>
    protected void ScheduleIn(PagedSequence item, int hit)
    {
        // Room for the blocks of its own, and for an output of usual length, so that decodes seldom need a larger array.
        const int UsualOutput = 1024;
        LeaveWaiting(item);
        item.HeldBy |= shutBy;
        if (item.Preemptions == 0)
        {
            item.FirstHitTokens = hit;
        }
        hitTokens += hit;
        pool.Open(item.Table, Math.Min(item.MaxTotal, item.Known + UsualOutput) - hit);
        item.StartAt(hit);
        item.KeyCursor.Advance(hit);
        running.Append(item);
    }

    protected void TakeBlocks(DecisionAxis axis, PagedSequence item, long answer, int blocks, int options)
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

    /// <summary>A steady decode takes the block that it begins in this step.</summary>
    protected void Grow(StepPlan plan, PagedSequence item)
    {
        TakeBlocks(DecisionAxis.Running, item, answer: 1, blocks: 1, options: 1);
        plan.Grown.Add(item);
    }

    /// <summary>A running call loses its KV and waits again, in the place that its key gives it.</summary>
    protected void Preempt(StepPlan plan, PagedSequence item)
    {
        if (item.IsSteady)
        {
            plan.Left.Add(item);
        }
        recorder.Record(DecisionAxis.Preemption, item.ArrivalNumber, item.Computed, [], running.Count);
        LeaveRunning(item);
        item.Restart();
        Wait(item);
        plan.Preempted.Add(item);
        preemptions++;
    }

    /// <summary>The step is formed: its totals, and the counters of everyone in it. Whoever still has tokens to yield becomes steady.</summary>
    protected void Commit(StepPlan plan)
    {
        plan.Steady = running.SteadyCount;
        plan.DecodeSequences = running.SteadyCount;
        plan.DecodeContext = running.SteadyComputed + running.SteadyCount;
        plan.Tokens = running.SteadyCount;
        plan.Context = plan.DecodeContext;
        plan.SharedTokens = pool.SharedBlocks * settings.BlockSize;
        foreach (StepRow row in plan.Rows)
        {
            plan.Tokens += row.Tokens;
            plan.Context += row.Computed + row.Tokens;
            if (IsDecode(row))
            {
                plan.DecodeSequences++;
                plan.DecodeContext += row.Computed + 1;
            }
            else
            {
                plan.Prefills.Add(Chunk(row));
            }
            ((PagedSequence)row.Sequence).Schedule(row.Tokens, row.Yields);
        }
        computedTokens += plan.Tokens;
        clock.Planned++;
        plan.Tick = clock.Planned;
        foreach (StepRow row in plan.Rows)
        {
            PagedSequence item = (PagedSequence)row.Sequence;
            if (row.Yields && item.Computed < item.MaxTotal - 1)
            {
                running.Join(item);
                plan.Joined.Add(item);
            }
        }
        if (!plan.IsEmpty)
        {
            steps++;
            inFlight.Add(plan);
        }
    }

    private static PrefillChunk Chunk(in StepRow row)
    {
        int recomputed = Math.Clamp(row.Computed + row.Tokens - row.Sequence.Request.PromptTokens, 0, row.Tokens);
        return new(row.Computed, row.Tokens, recomputed, Resumes: row.Yields && recomputed > 0);
    }
}
