using Cortex.Serving.Batching;
using Cortex.Serving.Decisions;
using Cortex.Serving.Kv;

namespace Cortex.Serving.Dialects.Vllm;

/// <content>Admission: rules 6 to 10.</content>
internal partial class VllmDialect
{
    private readonly PrefixMatch match = new();
    private readonly List<PagedSequence> aside = [];

    /// <summary>
    /// Arrival number of the head of the queue that was not admitted the last time, and why; while nothing of that changes it need not be tried
    /// again. Not the sequence itself, which may stand for another call by now.
    /// </summary>
    private long blockedHead = -1;

    private int blockedGate;
    private long blockedAt;
    private int blockedBudget;
    private int blockedCap;
    private HoldReasons blockedBy;

    private void Admit(StepPlan plan, ref int budget, int cap)
    {
        while (budget > 0 && waiting.Count > 0 && running.Count < maxRunning)
        {
            PagedSequence item = waiting.Peek();
            if (item.Stale > 0)
            {
                aside.Add(item);
                waiting.Pop();
                continue;
            }
            if (StaysBlocked(item, budget, cap) || !TryAdmit(plan, item, ref budget, cap))
            {
                break;
            }
        }
        foreach (PagedSequence item in aside)
        {
            waiting.Push(item, item.Key, item.ArrivalNumber);
        }
        aside.Clear();
    }

    /// <summary>Why the step admits nobody more, or would not if somebody came.</summary>
    private HoldReasons ShutBy(StepPlan plan, int budget)
    {
        if (plan.Preempted.Count > 0)
        {
            return HoldReasons.Memory;
        }
        if (budget <= 0)
        {
            return HoldReasons.TokenBudget;
        }
        if (running.Count >= maxRunning)
        {
            return HoldReasons.Sequences;
        }
        return waiting.Count > 0 && waiting.Peek().ArrivalNumber == blockedHead ? blockedBy : HoldReasons.None;
    }

    private bool TryAdmit(StepPlan plan, PagedSequence item, ref int budget, int cap)
    {
        int known = item.Known;
        if (settings.EnablePrefixCaching)
        {
            pool.Index.Find(new(item.Request.Prompt, item.Request.Output), (known - 1) / settings.BlockSize, match);
        }
        int hit = match.Blocks * settings.BlockSize;
        int tokens = Math.Min(known - hit, cap);
        bool fits = settings.EnableChunkedPrefill || tokens <= budget;
        tokens = Math.Min(tokens, budget);
        int blocks = pool.BlocksFor(hit + tokens) - match.Blocks;
        int gate = settings.SchedulerReserveFullIsl ? Math.Max(blocks, pool.BlocksFor(known) - match.Blocks) : blocks;
        int room = pool.Free - match.FreeBlocks - (running.Count > 0 ? watermarkBlocks : 0);
        if (!fits || gate > room)
        {
            Block(item, gate, budget, cap);
            blockedBy = fits ? HoldReasons.Memory : HoldReasons.TokenBudget;
            return false;
        }
        RowKind kind = item.Preemptions > 0 ? RowKind.Resumed : RowKind.Admitted;
        int options = waiting.Count;
        ScheduleIn(item, hit);
        pool.Share(item.Table, match);
        TakeBlocks(DecisionAxis.Admission, item, (long)hit << 32 | (uint)tokens, blocks, options);
        Publish(item, hit + tokens);
        item.ScannedIn = plan.Number;
        plan.Rows.Add(new(item, kind, hit, tokens, Yields: hit + tokens >= known, blocks));
        budget -= tokens;
        return true;
    }

    private void Block(PagedSequence item, int gate, int budget, int cap)
    {
        blockedHead = item.ArrivalNumber;
        blockedGate = gate;
        blockedAt = pool.OwnershipChanges;
        blockedBudget = budget;
        blockedCap = cap;
        pool.Index.Watch(match);
    }

    /// <summary>
    /// Whether another look at the head of the queue would end as the last one did. Its hit can grow only when something is published
    /// where its look-up ended, so it needs no fewer blocks than then; room can grow only when blocks change owners.
    /// </summary>
    private bool StaysBlocked(PagedSequence head, int budget, int cap) =>
        head.ArrivalNumber == blockedHead && budget == blockedBudget && cap == blockedCap && running.Count > 0 && !pool.Index.Touched
        && (pool.OwnershipChanges == blockedAt || pool.Free - watermarkBlocks < blockedGate);
}
