using Cortex.Serving.Batching;

namespace Cortex.Serving.Dialects.Vllm;

/// <content>What steady decodes do in a step: those at a block's begin take one, those at a block's end publish it.</content>
internal partial class VllmDialect
{
    /// <summary>The steady that change in a step and have not been stepped yet, in the order of the running list.</summary>
    private struct SteadyWalk
    {
        /// <summary>Begin a block.</summary>
        public PagedSequence? Beginner;

        /// <summary>Complete a block whose tokens are all known: they stand one token before its end, or, asynchronously, behind it.</summary>
        public PagedSequence? Completer;
    }

    private SteadyWalk WalkSteady() => new()
    {
        Beginner = running.Beginners(clock.Planned).First,
        Completer = settings.EnablePrefixCaching ? running.Beginners(clock.Planned + (settings.AsyncScheduling ? 0 : 1)).First : null,
    };

    protected override void StepSteady(StepPlan plan)
    {
        SteadyWalk steady = WalkSteady();
        StepSteady(plan, ref steady, long.MaxValue);
    }

    /// <summary>Steps those that stand before <paramref name="order"/> in the running list.</summary>
    private void StepSteady(StepPlan plan, ref SteadyWalk walk, long order)
    {
        for (; walk.Beginner is { } item && item.RunOrder < order; walk.Beginner = item.Group.Next)
        {
            Grow(plan, item);
        }
        for (; walk.Completer is { } item && item.RunOrder < order; walk.Completer = item.Group.Next)
        {
            Publish(item, Math.Min(item.Computed + 1, item.Known));
        }
    }
}
