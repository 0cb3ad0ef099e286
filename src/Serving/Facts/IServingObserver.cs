using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>The core's one observer stream, the same in both backends. Called in order of time, from the core's own thread.</summary>
public interface IServingObserver
{
    void WorkflowArrived(int tag, Instant at);

    void WorkflowEnded(int tag, Instant at);

    /// <summary>A call has arrived; it ends by <see cref="CallEnded"/>, perhaps at once.</summary>
    void CallArrived(int tag, Instant at);

    void CallEnded(in CallRecord record);
}
