namespace Cortex.Workloads;

/// <summary>
/// The parts of a trace that a play is at: the next is taken when the first of its workflows is asked for, and each is let go once all of it
/// has ended. A trace in memory is one part, and stays.
/// </summary>
/// <param name="trace">The trace.</param>
/// <param name="longestDelayNs">Longer delays are cut to it.</param>
internal sealed class PlayedParts(ITrace trace, long longestDelayNs)
{
    private readonly IEnumerator<WorkloadPart> rest = trace.Parts().GetEnumerator();
    private readonly bool keeps = trace is Workload;

    /// <summary>In the order of the trace.</summary>
    private readonly List<PlayedPart> live = [];

    /// <summary>The one asked for last.</summary>
    private PlayedPart recent = null!;
    private int nextWorkflow;
    private bool anyDone;
    private int heldBackBefore;

    /// <summary>How many parts are held.</summary>
    public int Count => live.Count;

    /// <summary>All workflows of a trace in memory; null of one that is read.</summary>
    public Workflow[]? AllWorkflows => keeps ? ((Workload)trace).Workflows : null;

    /// <summary>See <see cref="NodeProgress.HeldBack"/>.</summary>
    public int HeldBack
    {
        get
        {
            int sum = heldBackBefore;
            foreach (PlayedPart part in live)
            {
                sum += part.Progress.HeldBack;
            }
            return sum;
        }
    }

    public PlayedPart OfNode(int tag)
    {
        if (!recent.HasNode(tag))
        {
            recent = live[Find(tag, static part => part.Part.FirstTag)];
        }
        return recent;
    }

    public PlayedPart OfWorkflow(int index)
    {
        if (!recent.HasWorkflow(index))
        {
            recent = live[Find(index, static part => part.Part.FirstWorkflow)];
        }
        return recent;
    }

    /// <summary>Takes the next workflow of the trace. False if none is left.</summary>
    /// <exception cref="TraceException">The file was changed since it was gone through, and has a fault now.</exception>
    public bool TryNextWorkflow(out Workflow workflow)
    {
        if (live.Count == 0 || !live[^1].HasWorkflow(nextWorkflow))
        {
            if (!rest.MoveNext())
            {
                workflow = default;
                return false;
            }
            live.Add(recent = new(rest.Current, longestDelayNs));
        }
        workflow = live[^1].Part.WorkflowOf(nextWorkflow++);
        return true;
    }

    /// <summary>Something of the part has ended.</summary>
    public void Look(PlayedPart part) => anyDone |= part.IsDone;

    /// <summary>Lets go of parts all of which has ended. What has just ended may still be asked for, so that this comes later.</summary>
    public void Drop()
    {
        if (!anyDone || keeps)
        {
            return;
        }
        anyDone = false;
        for (int i = live.Count - 2; i >= 0; i--)
        {
            if (live[i].IsDone)
            {
                heldBackBefore += live[i].Progress.HeldBack;
                live.RemoveAt(i);
            }
        }
        recent = live[^1];
    }

    /// <summary>The last part that begins at or before <paramref name="number"/>.</summary>
    private int Find(int number, Func<PlayedPart, int> first)
    {
        int low = 0, high = live.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (first(live[middle]) <= number)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }
        return low;
    }
}
