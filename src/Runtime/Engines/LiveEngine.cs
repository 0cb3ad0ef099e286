using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Runtime.Engines;

/// <summary>What one engine of a live run does with the steps that its core plans. It has a thread of its own, on which they run one after another.</summary>
public abstract class LiveEngine
{
    /// <summary>On the core's thread, when a step is commanded: takes down what it needs of the plan, which says something else by the time the step runs.</summary>
    internal virtual void Prepare(StepWork work)
    {
    }

    /// <summary>On the core's thread: the call has left the engine.</summary>
    internal virtual void Leave(int tag)
    {
    }

    /// <summary>On the engine's thread: runs a step.</summary>
    /// <param name="work">The step.</param>
    /// <param name="begin">When it could begin.</param>
    /// <returns>False if it was given up.</returns>
    internal abstract bool Run(StepWork work, Instant begin, LiveClock clock, CancellationToken cancellation);
}

/// <summary>A step on its way from the core's thread to its engine's and back. Its plan stays as it is until its end was taken in.</summary>
internal sealed class StepWork
{
    public StepPlan Plan { get; set; } = null!;

    /// <summary>When it was commanded.</summary>
    public Instant At { get; set; }

    /// <summary>The step in full, for engines that compute.</summary>
    public StepBatch Batch { get; } = new();

    /// <summary>Calls that have left since the last step.</summary>
    public List<int> Gone { get; } = [];

    /// <summary>See <see cref="StepResult.Executed"/>.</summary>
    public ulong Executed { get; set; }
}
