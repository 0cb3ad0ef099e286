using System.Globalization;
using Cortex.Policies;
using Cortex.Workloads;

namespace Cortex.Experiments.Timelines;

/// <summary>A track a workflow, and more below it where its nodes overlap: the workflow's span, in it those of its nodes.</summary>
internal sealed class WorkflowTracks
{
    /// <summary>Number of the process; those of pools are smaller.</summary>
    public const int Process = 1001;

    private const int LanesApart = 16;
    private readonly TraceEventWriter events;
    private readonly TracePlayer player;
    private readonly Dictionary<int, Lanes> open = [];
    private readonly SortedSet<int> running = [];
    private int threads;

    public WorkflowTracks(TraceEventWriter events, TracePlayer player)
    {
        this.events = events;
        this.player = player;
        events.NameProcess(Process, "workflows");
    }

    public void Arrived(int tag, Instant at)
    {
        Workflow workflow = player.WorkflowOf(tag);
        Lanes lanes = new(lane => NewTrack(workflow, lane));
        open.Add(tag, lanes);
        running.Add(tag);
        // Nodes stand on the same track, inside the workflow's own span.
        Track first = lanes.Take();
        lanes.Return(first);
        events.OpenBegin(first, at, "workflow", workflow.Id);
        events.Arg("class", workflow.Class);
        events.Close();
    }

    /// <summary>A track for a node, free until <see cref="Return"/>. Those that may outlast the workflow stand below it.</summary>
    public Track Take(int node) => open[player.NodeOf(node).Workflow].Take(from: player.IsBackground(node) ? 1 : 0);

    public void Return(int node, Track track) => open[player.NodeOf(node).Workflow].Return(track);

    /// <summary>All its nodes but those in the background have returned their tracks.</summary>
    public void Ended(int tag, Instant at)
    {
        events.OpenEnd(open[tag].Take(), at);
        events.Close();
        running.Remove(tag);
        Workflow workflow = player.WorkflowOf(tag);
        if (!Enumerable.Range(workflow.FirstNode, workflow.NodeCount).Any(player.IsBackground))
        {
            open.Remove(tag);
        }
    }

    /// <summary>Ends what is still open.</summary>
    public void Close(Instant end)
    {
        foreach (int tag in running.ToArray())
        {
            Ended(tag, end);
        }
    }

    private Track NewTrack(in Workflow workflow, int lane)
    {
        Track track = new(Process, ++threads);
        string name = lane == 0 ? workflow.Id : string.Create(CultureInfo.InvariantCulture, $"{workflow.Id} ‖ {lane + 1}");
        events.NameTrack(track, name, (workflow.Index * (long)LanesApart) + Math.Min(lane, LanesApart - 1));
        return track;
    }
}
