using Cortex.Policies;
using Cortex.Serving.Batching;
using Cortex.Serving.Decisions;

namespace Cortex.Serving.Dialects.Vllm;

/// <content>Forming a step: rules 1 to 5 and 11.</content>
internal partial class VllmDialect
{
    public override void Plan(StepPlan plan)
    {
        Begin(plan);
        int budget = settings.MaxNumBatchedTokens;
        int cap = LongPrefillCap();
        while (running.FirstEnd <= clock.Planned)
        {
            // Its last token is in flight: there is nothing left to schedule (rule 3a).
            PagedSequence done = running.FirstToEnd;
            Detach(done);
            plan.Left.Add(done);
        }
        if (!PlanRunningTogether(plan, ref budget, cap))
        {
            ScanRunning(plan, ref budget, cap);
        }
        if (plan.Preempted.Count == 0)
        {
            Admit(plan, ref budget, cap);
        }
        shutBy = ShutBy(plan, budget);
        Commit(plan);
        plan.RepeatLimit = RepeatLimit(plan, budget);
    }

    /// <summary>Rule 2; <see cref="int.MaxValue"/> is no cap.</summary>
    private int LongPrefillCap()
    {
        int requests = running.Count + waiting.Count;
        int threshold = settings.LongPrefillTokenThreshold;
        if (threshold == 0 || requests == 0 || (exemptSingle && requests == 1))
        {
            return int.MaxValue;
        }
        return settings.LongPrefillTokenThresholdAdaptive
            ? Math.Max(threshold, settings.MaxNumBatchedTokens / requests)
            : threshold;
    }

    /// <summary>Rule 3: the tokens that a running call gets if <paramref name="budget"/> is left.</summary>
    private int Want(PagedSequence item, int budget, int cap)
    {
        int computed = item.Computed;
        int ahead = item.Ahead;
        if (ahead > 0 && computed + 2L - ahead >= (long)item.PromptTokens + item.Request.MaxTokens)
        {
            return 0;
        }
        int lacking = item.Known + ahead - computed;
        return Math.Max(0, Math.Min(Math.Min(lacking, cap), Math.Min(budget, settings.MaxModelLen - 1 - computed)));
    }

    /// <summary>Rule 4: new blocks for <paramref name="tokens"/> more tokens.</summary>
    private int NewBlocks(PagedSequence item, int tokens) =>
        Math.Max(0, pool.BlocksFor(Math.Min(item.Computed + tokens, settings.MaxModelLen)) - item.Table.Blocks);

    /// <summary>
    /// The running calls of a step in which each gets what it wants and all blocks are there, so that their order decides only who gets
    /// which block: visits those that change and no others. Returns false, and nothing has happened, if the step is not of that kind.
    /// </summary>
    private bool PlanRunningTogether(StepPlan plan, ref int budget, int cap)
    {
        int left = budget - running.SteadyCount;
        ref readonly SequenceList<GroupLinks> beginners = ref running.Beginners(clock.Planned);
        if (left < 0 || beginners.Count > pool.Free)
        {
            return false;
        }
        if (running.LooseCount > 0)
        {
            int blocks = beginners.Count;
            int rest = left;
            long lastSteady = LastSteadyOrder();
            for (PagedSequence? item = running.FirstLoose; item is not null; item = item.Group.Next)
            {
                int tokens = Want(item, rest, cap);
                if (item.RunOrder < lastSteady && tokens < Want(item, int.MaxValue, cap))
                {
                    return false;
                }
                blocks += tokens > 0 ? NewBlocks(item, tokens) : 0;
                rest -= tokens;
            }
            if (blocks > pool.Free)
            {
                return false;
            }
        }
        SteadyWalk steady = WalkSteady();
        for (PagedSequence? item = running.FirstLoose; item is not null; item = item.Group.Next)
        {
            StepSteady(plan, ref steady, item.RunOrder);
            AddRow(plan, item, Want(item, left, cap), ref left);
        }
        StepSteady(plan, ref steady, long.MaxValue);
        budget = left;
        return true;
    }

    private long LastSteadyOrder()
    {
        PagedSequence? item = running.Last;
        while (item is not null && !item.IsSteady)
        {
            item = item.Run.Previous;
        }
        return item?.RunOrder ?? 0;
    }

    /// <summary>The running calls one by one, as vLLM's loop does, with preemption (rules 3 to 5).</summary>
    private void ScanRunning(StepPlan plan, ref int budget, int cap)
    {
        PagedSequence? item = running.First;
        while (item is not null && budget > 0)
        {
            int tokens = Want(item, budget, cap);
            int skip = 0;
            if (tokens > 0)
            {
                if (!MakeRoom(plan, item, NewBlocks(item, tokens), ref budget, ref skip))
                {
                    break;
                }
                item.ScannedIn = plan.Number;
                if (item.IsSteady)
                {
                    if (NewBlocks(item, 1) > 0)
                    {
                        Grow(plan, item);
                    }
                    Publish(item, Math.Min(item.Computed + 1, item.Known));
                    budget--;
                }
                else
                {
                    AddRow(plan, item, tokens, ref budget);
                }
            }
            for (item = item.Run.Next; skip > 0 && item is not null; skip--)
            {
                item = item.Run.Next;
            }
        }
        for (item = running.First; item is not null; item = item.Run.Next)
        {
            if (item.IsSteady && item.ScannedIn != plan.Number)
            {
                Detach(item);
                plan.Left.Add(item);
            }
        }
    }

    /// <summary>Rule 4. Returns false if the call itself had to go; adds to <paramref name="skip"/> whom old releases then pass over.</summary>
    private bool MakeRoom(StepPlan plan, PagedSequence item, int blocks, ref int budget, ref int skip)
    {
        while (blocks > pool.Free)
        {
            PagedSequence victim = victims == VictimOrder.LargestKey ? RunningSet.LargestKey(running.First!) : running.Last!;
            bool wasScheduled = victim.ScannedIn == plan.Number;
            if (wasScheduled)
            {
                budget += Withdraw(plan, victim);
            }
            else if (!scanFollowsVictim && victim.RunOrder < item.RunOrder)
            {
                skip++;
            }
            Preempt(plan, victim);
            if (victim == item)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Takes a row back out of the step; returns its tokens.</summary>
    private static int Withdraw(StepPlan plan, PagedSequence item)
    {
        if (item.IsSteady)
        {
            plan.Grown.Remove(item);
            return 1;
        }
        int row = plan.Rows.Count - 1;
        while (plan.Rows[row].Sequence != item)
        {
            row--;
        }
        int tokens = plan.Rows[row].Tokens;
        plan.Rows.RemoveAt(row);
        return tokens;
    }

    private void AddRow(StepPlan plan, PagedSequence item, int tokens, ref int budget)
    {
        if (tokens == 0)
        {
            return;
        }
        int computed = item.Computed;
        int blocks = NewBlocks(item, tokens);
        TakeBlocks(DecisionAxis.Running, item, tokens, blocks, options: 1);
        Publish(item, Math.Min(computed + tokens, item.Known));
        bool yields = computed + tokens >= item.Known + item.Ahead;
        plan.Rows.Add(new(item, RowKind.Running, computed, tokens, yields, blocks));
        budget -= tokens;
    }
}
