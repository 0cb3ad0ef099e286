using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>Passes the stream on to several observers, each in turn, in the order given.</summary>
public sealed class ObserverList(params IServingObserver[] observers) : IServingObserver
{
    public void WorkflowArrived(int tag, Instant at)
    {
        foreach (IServingObserver observer in observers)
        {
            observer.WorkflowArrived(tag, at);
        }
    }

    public void WorkflowEnded(int tag, Instant at)
    {
        foreach (IServingObserver observer in observers)
        {
            observer.WorkflowEnded(tag, at);
        }
    }

    public void CallArrived(int tag, Instant at)
    {
        foreach (IServingObserver observer in observers)
        {
            observer.CallArrived(tag, at);
        }
    }

    public void CallEnded(in CallRecord record)
    {
        foreach (IServingObserver observer in observers)
        {
            observer.CallEnded(record);
        }
    }
}
