namespace Cortex.Workloads;

/// <summary>The plays of a trace in the order of their first workflows, for users who take one after the other.</summary>
internal sealed class PlayQueue
{
    private readonly Workflow[] workflows;

    /// <summary>Of plays with several workflows, by the index of the first: all of them.</summary>
    private readonly Dictionary<int, List<int>> several = [];

    /// <summary>Of those that run: how many of their workflows have yet to end.</summary>
    private readonly Dictionary<int, int> open = [];

    private readonly int[] single = new int[1];
    private int next;

    public PlayQueue(Workload workload)
    {
        workflows = workload.Workflows;
        foreach (ref readonly Workflow workflow in workflows.AsSpan())
        {
            if (workflow.Play != workflow.Index)
            {
                if (!several.TryGetValue(workflow.Play, out List<int>? members))
                {
                    several[workflow.Play] = members = [workflow.Play];
                }
                members.Add(workflow.Index);
            }
        }
    }

    /// <summary>Takes the next play: indices of its workflows, in the file's order, good until the next call. False if none is left.</summary>
    public bool TryNext(out ReadOnlySpan<int> play)
    {
        while (next < workflows.Length && workflows[next].Play != next)
        {
            next++;
        }
        if (next == workflows.Length)
        {
            play = [];
            return false;
        }
        int first = next++;
        if (several.TryGetValue(first, out List<int>? members))
        {
            open[first] = members.Count;
            play = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(members);
            return true;
        }
        single[0] = first;
        play = single;
        return true;
    }

    /// <summary>True if the play of this workflow has ended with it.</summary>
    public bool WorkflowEnded(int index)
    {
        int play = workflows[index].Play;
        return !several.ContainsKey(play) || --open[play] == 0;
    }
}
