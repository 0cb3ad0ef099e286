using Cortex.Policies;

namespace Cortex.Serving.Tests.Metrics;

/// <summary>Writes an observer stream by hand; times in nanoseconds, -1 for an instant that never came.</summary>
internal sealed class Stream(IServingObserver observer)
{
    private long arrivals;

    public Stream WorkflowArrives(int tag, long ns)
    {
        observer.WorkflowArrived(tag, new(ns));
        return this;
    }

    public Stream WorkflowEnds(int tag, long ns)
    {
        observer.WorkflowEnded(tag, new(ns));
        return this;
    }

    public Stream CallArrives(int tag, long ns)
    {
        observer.CallArrived(tag, new(ns));
        return this;
    }

    public Stream CallEnds(in CallRecord record)
    {
        observer.CallEnded(record);
        return this;
    }

    /// <summary>A call that finishes, if not said otherwise.</summary>
    public Stream CallEnds(
        int tag, int workflow, long ready, long scheduled, long first, long end, int prompt = 10, int output = 5, int hits = 0,
        int preemptions = 0, CallState state = CallState.Finished) => CallEnds(new CallRecord
        {
            Tag = tag,
            WorkflowTag = workflow,
            ArrivalNumber = arrivals++,
            Stage = default,
            State = state,
            Ready = At(ready),
            Scheduled = At(scheduled),
            FirstToken = At(first),
            End = At(end),
            PromptTokens = prompt,
            OutputTokens = output,
            HitTokens = hits,
            Preemptions = preemptions,
            Worker = default,
        });

    private static Instant At(long ns) => ns < 0 ? Instant.Never : new(ns);
}
