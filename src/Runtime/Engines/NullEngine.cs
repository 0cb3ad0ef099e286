using Cortex.Policies;

namespace Cortex.Runtime.Engines;

/// <summary>An engine without a model: it lets each step last as long as it is told.</summary>
/// <param name="times">How long steps last.</param>
public sealed class NullEngine(IStepTimes times) : LiveEngine
{
    internal override bool Run(StepWork work, Instant begin, LiveClock clock, CancellationToken cancellation) =>
        clock.Wait(begin + times.Of(work.Plan), cancellation);
}
