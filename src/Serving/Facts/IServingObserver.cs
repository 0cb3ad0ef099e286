using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>
/// The core's one observer stream, the same in both backends. Called in order of time, from the core's own thread. What an observer does
/// not need it leaves as it is.
/// </summary>
public interface IServingObserver
{
    void WorkflowArrived(int tag, Instant at)
    {
    }

    /// <summary>No further node of the workflow will come.</summary>
    void WorkflowEnded(int tag, Instant at)
    {
    }

    /// <summary>A call has arrived; it ends by <see cref="CallEnded"/>, perhaps at once.</summary>
    void CallArrived(int tag, Instant at)
    {
    }

    /// <summary>The call has ended, in whatever state; <paramref name="record"/> tells all.</summary>
    void CallEnded(in CallRecord record)
    {
    }

    /// <summary>The call goes to the waiting queue of this worker.</summary>
    void CallRouted(int tag, WorkerId worker, Instant at)
    {
    }

    /// <summary>The call is scheduled in, for the first time or again after a preemption: its step is planned.</summary>
    void CallScheduled(int tag, WorkerId worker, Instant at)
    {
    }

    /// <summary>The call loses its KV and waits again, at the worker where it ran.</summary>
    void CallPreempted(int tag, WorkerId worker, Instant at)
    {
    }

    /// <summary>A tool of the client began; the core is told of it, and does nothing.</summary>
    void ToolStarted(int tag, Instant at)
    {
    }

    /// <summary>It has ended.</summary>
    void ToolEnded(int tag, Instant at)
    {
    }

    /// <summary>A step, or a run of equal steps, is handed to the worker, behind those that it has in flight.</summary>
    /// <param name="worker">Who runs it.</param>
    /// <param name="plan">Who is in it; valid until <see cref="StepEnded"/> tells of it, which happens in the same order.</param>
    /// <param name="kv">The worker's memory when the step was planned.</param>
    /// <param name="at">When it was planned.</param>
    void StepStarted(WorkerId worker, StepPlan plan, in KvState kv, Instant at)
    {
    }

    /// <summary>The oldest step in flight of the worker has ended, and its tokens are delivered; calls that end with it follow.</summary>
    /// <param name="worker">Who ran it.</param>
    /// <param name="result">What the device reports.</param>
    /// <param name="tokens">Who got a further token.</param>
    /// <param name="at">When it ended.</param>
    void StepEnded(WorkerId worker, StepResult result, in TokenDelivery tokens, Instant at)
    {
    }

    /// <summary>When the observer wants to look at the engines next; <see cref="Instant.Never"/>: not at all. Asked at the start and after each look.</summary>
    Instant NextLook => Instant.Never;

    /// <summary>The engines as they are right before <paramref name="at"/>, at <see cref="NextLook"/>. Looking changes nothing, and no engine may be kept.</summary>
    void Look(Instant at, IReadOnlyList<EngineCore> engines)
    {
    }
}
