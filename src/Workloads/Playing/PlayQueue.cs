using System.Runtime.InteropServices;

namespace Cortex.Workloads;

/// <summary>The plays of a trace in the order of their first workflows, for users who take one after the other.</summary>
internal sealed class PlayQueue
{
    private readonly PlayedParts parts;

    /// <summary>Of plays with several workflows, by the index of the first: all of them. A trace that is read as it is played has none.</summary>
    private readonly Dictionary<int, List<int>> several = [];

    /// <summary>Of those that run: how many of their workflows have yet to end.</summary>
    private readonly Dictionary<int, int> open = [];

    private readonly int[] single = new int[1];

    public PlayQueue(PlayedParts parts)
    {
        this.parts = parts;
        foreach (ref readonly Workflow workflow in parts.AllWorkflows.AsSpan())
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
        Workflow next;
        do
        {
            if (!parts.TryNextWorkflow(out next))
            {
                play = [];
                return false;
            }
        }
        while (next.Play != next.Index);
        if (several.TryGetValue(next.Index, out List<int>? members))
        {
            open[next.Index] = members.Count;
            play = CollectionsMarshal.AsSpan(members);
            return true;
        }
        single[0] = next.Index;
        play = single;
        return true;
    }

    /// <summary>Workflows of a play, not all of them, that will not be played.</summary>
    public void Leave(ReadOnlySpan<int> over)
    {
        if (!over.IsEmpty)
        {
            open[over[0]] -= over.Length;
        }
    }

    /// <summary>True if the play of this workflow has ended with it.</summary>
    public bool WorkflowEnded(in Workflow workflow) => !several.ContainsKey(workflow.Play) || --open[workflow.Play] == 0;
}
