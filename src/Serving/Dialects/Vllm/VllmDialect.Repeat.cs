using Cortex.Serving.Batching;

namespace Cortex.Serving.Dialects.Vllm;

/// <content>When steps may be repeated.</content>
internal sealed partial class VllmDialect
{
    /// <summary>Tokens of the budget that the run's steps leave.</summary>
    private int budgetLeft;

    public override bool StillRepeats => !membershipChanged && AdmissionStaysClosed(budgetLeft);

    /// <summary>How many more steps like <paramref name="plan"/> can follow before something else than decoding happens.</summary>
    private int RepeatLimit(StepPlan plan, int budget)
    {
        budgetLeft = budget;
        return settings.AsyncScheduling || !AdmissionStaysClosed(budget) || DecodesMayUnblock() ? 0 : DecodeRun(plan, pool.Free);
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
