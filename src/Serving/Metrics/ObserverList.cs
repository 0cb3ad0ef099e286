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

    public void CallRouted(int tag, WorkerId worker, Instant at)
    {
        foreach (IServingObserver observer in observers)
        {
            observer.CallRouted(tag, worker, at);
        }
    }

    public void CallScheduled(int tag, WorkerId worker, Instant at)
    {
        foreach (IServingObserver observer in observers)
        {
            observer.CallScheduled(tag, worker, at);
        }
    }

    public void CallPreempted(int tag, WorkerId worker, Instant at)
    {
        foreach (IServingObserver observer in observers)
        {
            observer.CallPreempted(tag, worker, at);
        }
    }

    public void ToolStarted(int tag, Instant at)
    {
        foreach (IServingObserver observer in observers)
        {
            observer.ToolStarted(tag, at);
        }
    }

    public void ToolEnded(int tag, Instant at)
    {
        foreach (IServingObserver observer in observers)
        {
            observer.ToolEnded(tag, at);
        }
    }

    public void StepStarted(WorkerId worker, StepPlan plan, in KvState kv, Instant at)
    {
        foreach (IServingObserver observer in observers)
        {
            observer.StepStarted(worker, plan, kv, at);
        }
    }

    public void StepEnded(WorkerId worker, StepResult result, in TokenDelivery tokens, Instant at)
    {
        foreach (IServingObserver observer in observers)
        {
            observer.StepEnded(worker, result, tokens, at);
        }
    }

    /// <summary>The earliest of all.</summary>
    public Instant NextLook
    {
        get
        {
            Instant next = Instant.Never;
            foreach (IServingObserver observer in observers)
            {
                next = observer.NextLook < next ? observer.NextLook : next;
            }
            return next;
        }
    }

    public void Look(Instant at, IReadOnlyList<EngineCore> engines)
    {
        foreach (IServingObserver observer in observers)
        {
            if (observer.NextLook <= at)
            {
                observer.Look(at, engines);
            }
        }
    }
}
