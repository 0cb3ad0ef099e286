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
        for (int i = 0; i < planned; i++)
        {
            // What a step does may depend on the token that the one before it has yielded.
            clock.Delivered = plan.Tick;
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
