using Cortex.Serving.Batching;

namespace Cortex.Serving.Dialects.Vllm;

/// <content>Runs of equal steps, taken in one go while nothing but their decodes happens.</content>
internal sealed partial class VllmDialect
{
    /// <summary>A running call was aborted since the last plan.</summary>
    private bool membershipChanged;

    /// <summary>Tokens of the budget that the run's steps leave.</summary>
    private int budgetLeft;

    public bool StillRepeats => !membershipChanged && AdmissionStaysClosed(budgetLeft);

    public void Repeat(StepPlan plan, int planned, int delivered)
    {
        for (int i = 0; i < planned; i++)
        {
            plan.Grown.Clear();
            SteadyWalk steady = WalkSteady();
            StepSteady(plan, ref steady, long.MaxValue);
            clock.Planned++;
        }
        lastNumber += planned;
        computedTokens += (long)planned * running.SteadyCount;
        plan.Tick += planned;
        clock.Delivered += delivered;
    }

    /// <summary>How many more steps like <paramref name="plan"/> can follow before something else than decoding happens.</summary>
    private int RepeatLimit(StepPlan plan, int budget)
    {
        budgetLeft = budget;
        if (settings.AsyncScheduling || plan.Rows.Count > 0 || running.LooseCount > 0 || plan.IsEmpty || plan.Preempted.Count > 0
            || !AdmissionStaysClosed(budget) || DecodesMayUnblock())
        {
            return 0;
        }
        long steps = Math.Min(running.FirstEnd - clock.Planned, int.MaxValue);
        long mostBlocks = (steps / settings.BlockSize + 1) * running.SteadyCount;
        return mostBlocks <= pool.Free ? (int)steps : StepsUntilShort((int)steps);
    }

    private int StepsUntilShort(int limit)
    {
        int free = pool.Free;
        for (int step = 0; step < limit; step++)
        {
            free -= running.Beginners(clock.Planned + step).Count;
            if (free < 0)
            {
                return step;
            }
        }
        return limit;
    }

    private bool AdmissionStaysClosed(int budget) =>
        waiting.Count == 0 || budget == 0 || running.Count >= maxRunning || StaysBlocked(waiting.Peek(), budget, LongPrefillCap());

    /// <summary>Whether a decode could complete a block that the blocked head of the queue would hit.</summary>
    private bool DecodesMayUnblock()
    {
        if (waiting.Count == 0 || !settings.EnablePrefixCaching)
        {
            return false;
        }
        for (PagedSequence? item = running.First; item is not null; item = item.RunNext)
        {
            if (pool.Index.IsWatchedBy(item.Table))
            {
                return true;
            }
        }
        return false;
    }
}
