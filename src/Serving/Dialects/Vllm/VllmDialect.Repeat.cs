using Cortex.Serving.Batching;
using Cortex.Serving.Kv;

namespace Cortex.Serving.Dialects.Vllm;

/// <content>When steps may be repeated.</content>
internal partial class VllmDialect
{
    /// <summary>Tokens of the budget that the run's steps leave.</summary>
    private int budgetLeft;

    public override bool StillRepeats =>
        !membershipChanged && (waiting.Count > 0 || shutBy != HoldReasons.Memory) && (AdmissionIsShut(budgetLeft) || StaysBlocked(waiting.Peek(), budgetLeft, LongPrefillCap()));

    /// <summary>How many more steps like <paramref name="plan"/> can follow before something else than decoding happens.</summary>
    private int RepeatLimit(StepPlan plan, int budget)
    {
        budgetLeft = budget;
        bool shut = AdmissionIsShut(budget);
        if (!shut && !StaysBlocked(waiting.Peek(), budget, LongPrefillCap()))
        {
            return 0;
        }
        // Last, since it looks at every running call.
        int steps = DecodeRun(plan, pool.Free);
        return shut || steps == 0 || !DecodesMayUnblock(waiting.Peek()) ? steps : 0;
    }

    /// <summary>No matter who waits, and as long as the same calls run.</summary>
    private bool AdmissionIsShut(int budget) => waiting.Count == 0 || budget == 0 || running.Count >= maxRunning;

    /// <summary>Whether a decode could complete a block by which the blocked head of the queue would hit more.</summary>
    private bool DecodesMayUnblock(PagedSequence head)
    {
        if (!settings.EnablePrefixCaching)
        {
            return false;
        }
        for (PagedSequence? item = running.First; item is not null; item = item.Run.Next)
        {
            if (pool.Index.LeadsToWatched(item.Table))
            {
                TokenCursor at = new(head.Request.Prompt, head.Request.Output);
                at.Advance(item.Table.KeyedBlocks * settings.BlockSize);
                if (at.Hash(settings.BlockSize) == item.KeyCursor.Hash(settings.BlockSize))
                {
                    return true;
                }
            }
        }
        return false;
    }
}
