using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>What became of each workflow.</summary>
internal sealed class WorkflowTimes(PagePool<WorkflowProgress> pool)
{
    private readonly TagTable<WorkflowProgress> table = new(pool);

    /// <summary>Workflows that arrived.</summary>
    public long Arrived { get; private set; }

    /// <summary>Workflows of which no further node will come.</summary>
    public long Ended { get; private set; }

    public void Arrive(int tag, Instant at)
    {
        ref WorkflowProgress workflow = ref table[tag];
        workflow.Arrived = at;
        workflow.HasArrived = true;
        Arrived++;
    }

    /// <summary>Its last node, be it a call or a tool, has ended, or its last calls are still to end.</summary>
    /// <param name="own">The bound that was promised for it alone; null: none.</param>
    public void End(int tag, Instant at, Duration? own)
    {
        ref WorkflowProgress workflow = ref table[tag];
        workflow.HasEnded = true;
        workflow.Own = own;
        workflow.LastEnd = Later(workflow.LastEnd, at);
        Ended++;
    }

    public void CallEnded(in CallRecord call)
    {
        ref WorkflowProgress workflow = ref table[call.WorkflowTag];
        if (call.State == CallState.Finished)
        {
            workflow.LastEnd = Later(workflow.LastEnd, call.End);
        }
        else
        {
            workflow.HasLostCall = true;
        }
    }

    /// <summary>Handle, arrival, last end and own bound of the workflows that ended with all their calls finished, in the order of handles.</summary>
    public IEnumerable<(int Tag, Instant Arrived, Instant End, Duration? Own)> Finished()
    {
        foreach ((int firstTag, WorkflowProgress[] page) in table.Pages)
        {
            for (int i = 0; i < page.Length; i++)
            {
                if (page[i] is { HasEnded: true, HasLostCall: false } workflow)
                {
                    yield return (firstTag + i, workflow.Arrived, workflow.LastEnd, workflow.Own);
                }
            }
        }
    }

    /// <summary>Arrival and end of all workflows that arrived, in the order of handles; those that have not ended end never.</summary>
    public IEnumerable<(Instant Arrived, Instant End)> All()
    {
        foreach ((_, WorkflowProgress[] page) in table.Pages)
        {
            foreach (WorkflowProgress workflow in page)
            {
                if (workflow.HasArrived)
                {
                    yield return (workflow.Arrived, workflow.HasEnded ? workflow.LastEnd : Instant.Never);
                }
            }
        }
    }

    /// <summary>Forgets them all.</summary>
    public void Clear() => table.Clear();

    private static Instant Later(Instant left, Instant right) => left > right ? left : right;
}

/// <summary>What is known of a workflow.</summary>
internal struct WorkflowProgress
{
    public Instant Arrived;
    public Instant LastEnd;
    public Duration? Own;
    public bool HasArrived;
    public bool HasEnded;
    public bool HasLostCall;
}
