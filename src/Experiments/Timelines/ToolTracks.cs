using Cortex.Policies;

namespace Cortex.Experiments.Timelines;

/// <summary>Tools by stage: as many tracks as tools of the stage were at work at once.</summary>
internal sealed class ToolTracks
{
    private const int Process = 1000;
    private readonly TraceEventWriter events;
    private readonly SortedDictionary<int, Lanes> stages = [];
    private int threads;
    private bool isNamed;

    public ToolTracks(TraceEventWriter events) => this.events = events;

    public Track Begin(StageId stage, string name, string workflow, int node, Instant at)
    {
        if (!stages.TryGetValue(stage.Value, out Lanes? lanes))
        {
            stages.Add(stage.Value, lanes = new(lane => NewTrack(stage, name, lane)));
        }
        Track track = lanes.Take();
        events.OpenBegin(track, at, "tool", name);
        events.Arg("workflow", workflow);
        events.Arg("node", node);
        events.Close();
        return track;
    }

    public void End(StageId stage, Track track, Instant at)
    {
        events.OpenEnd(track, at);
        events.Close();
        stages[stage.Value].Return(track);
    }

    private Track NewTrack(StageId stage, string name, int lane)
    {
        if (!isNamed)
        {
            isNamed = true;
            events.NameProcess(Process, "tools");
        }
        Track track = new(Process, ++threads);
        events.NameTrack(track, name, stage.Value);
        return track;
    }
}
