using Cortex.Policies;
using Cortex.Serving.Batching;
using Cortex.Serving.Decisions;

namespace Cortex.Serving.Dialects.Sarathi;

/// <content>Forming a step.</content>
internal sealed partial class SarathiDialect
{
    /// <summary>Tokens of the budget that the last step left.</summary>
    private int budgetLeft;

    /// <summary>Arrival number of the prefill for which the last step had no budget left, or −1. There is one prefill at most, the last of the running list.</summary>
    private long passedOver = -1;

    public override void Plan(StepPlan plan)
    {
        Begin(plan);
        if (AllCanDecode)
        {
            StepSteady(plan);
        }
        else
        {
            ScanDecodes(plan);
        }
        int budget = settings.MaxNumBatchedTokens - running.SteadyCount;
        ContinuePrefills(plan, ref budget);
        while (CanAdmit(budget))
        {
            Admit(plan, ref budget);
        }
        shutBy = ShutBy(budget);
        Commit(plan);
        budgetLeft = budget;
        // A decode asks for a free block even when it needs none: one must be left after each step of a run.
        plan.RepeatLimit = CanAdmit(budget) ? 0 : DecodeRun(plan, pool.Free - 1);
    }

    /// <summary>Each decode finds a free block in its turn, whatever their order.</summary>
    private bool AllCanDecode => running.SteadyCount == 0 || running.Beginners(clock.Planned).Count < pool.Free;

    protected override void StepSteady(StepPlan plan)
    {
        for (PagedSequence? item = running.Beginners(clock.Planned).First; item is not null; item = item.Group.Next)
        {
            Grow(plan, item);
        }
    }

    /// <summary>The decodes one by one, with preemption.</summary>
    private void ScanDecodes(StepPlan plan)
    {
        for (PagedSequence? item = running.First; item is not null; item = item.Run.Next)
        {
            if (!item.IsSteady)
            {
                continue;
            }
            while (pool.Free == 0)
            {
                PagedSequence victim = Victim(item);
                Preempt(plan, victim);
                if (victim == item)
                {
                    return;
                }
            }
            if (pool.BlocksFor(item.Computed + 1) > item.Table.Blocks)
            {
                Grow(plan, item);
            }
        }
    }

    /// <summary>Of those that have no place in the step yet, the last of the running list or the one with the largest key; else the call itself.</summary>
    private PagedSequence Victim(PagedSequence item)
    {
        if (victims == VictimOrder.LargestKey)
        {
            return item.Run.Next is null ? item : RunningSet.LargestKey(item.Run.Next);
        }
        // A prefill that got nothing in the last step stands in front in this one, and so is out of reach.
        PagedSequence last = running.Last!;
        return last.ArrivalNumber == passedOver ? last.Run.Previous! : last;
    }

    private void ContinuePrefills(StepPlan plan, ref int budget)
    {
        PagedSequence? item = running.FirstLoose;
        for (; item is not null && budget > 0; item = item.Group.Next)
        {
            int lacking = item.Known - item.Computed;
            int tokens = Math.Min(lacking, budget);
            TakeBlocks(DecisionAxis.Running, item, tokens, blocks: 0, options: 1);
            plan.Rows.Add(new(item, RowKind.Running, item.Computed, tokens, Yields: tokens == lacking, NewBlocks: 0));
            budget -= tokens;
        }
        passedOver = item?.ArrivalNumber ?? -1;
    }

    private bool CanAdmit(int budget) =>
        budget > 0 && waiting.Count > 0 && running.Count < maxRunning && pool.Free - pool.BlocksFor(waiting.Peek().Known) >= watermarkBlocks;

    /// <summary>Why the step admits nobody more, or would not if somebody came.</summary>
    private HoldReasons ShutBy(int budget)
    {
        if (budget <= 0)
        {
            return HoldReasons.TokenBudget;
        }
        if (running.Count >= maxRunning)
        {
            return HoldReasons.Sequences;
        }
        return waiting.Count > 0 ? HoldReasons.Memory : HoldReasons.None;
    }

    private void Admit(StepPlan plan, ref int budget)
    {
        PagedSequence item = waiting.Peek();
        RowKind kind = item.Preemptions > 0 ? RowKind.Resumed : RowKind.Admitted;
        int options = waiting.Count;
        int tokens = Math.Min(item.Known, budget);
        int blocks = pool.BlocksFor(item.Known);
        ScheduleIn(item, hit: 0);
        TakeBlocks(DecisionAxis.Admission, item, tokens, blocks, options);
        plan.Rows.Add(new(item, kind, Computed: 0, tokens, Yields: tokens == item.Known, blocks));
        budget -= tokens;
    }
}
