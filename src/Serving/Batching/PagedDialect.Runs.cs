namespace Cortex.Serving.Batching;

/// <content>Runs of equal steps, taken in one go while nothing but their decodes happens.</content>
internal abstract partial class PagedDialect
{
    /// <summary>What the steady decodes do in a step in which nobody else has a part.</summary>
    protected abstract void StepSteady(StepPlan plan);

    /// <summary>How many more steps of nothing but the same decodes can follow <paramref name="plan"/>, with at most <paramref name="blocks"/> blocks.</summary>
    protected int DecodeRun(StepPlan plan, int blocks) =>
        plan.IsEmpty || plan.Rows.Count > 0 || plan.Preempted.Count > 0 || running.LooseCount > 0 ? 0 : running.StepsWithin(blocks);

    public void Repeat(StepPlan plan, int planned, int delivered)
    {
        long deliveredInAll = clock.Delivered + delivered;
        for (int left = planned; left > 0; left--)
        {
            // In between nobody begins or completes a block.
            int quiet = Math.Min(left - 1, running.StepsToBeginner - 1);
            if (quiet > 0)
            {
                left -= quiet;
                clock.Planned += quiet;
                plan.Tick = clock.Planned;
            }
            // What a step does may depend on the tokens that have come by the time it is planned.
            clock.Delivered = plan.Tick - (settings.AsyncScheduling ? 1 : 0);
            plan.Grown.Clear();
            StepSteady(plan);
            clock.Planned++;
            plan.Tick = clock.Planned;
        }
        clock.Delivered = deliveredInAll;
        lastNumber += planned;
        steps += planned;
        computedTokens += (long)planned * running.SteadyCount;
    }
}
