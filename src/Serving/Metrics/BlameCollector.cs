using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>
/// Blames the time of each workflow on what its critical path did. When a workflow ends it is walked backwards, from the node that ended
/// it over the node that released that one to the arrival; between what released a node and the node's start the client was thinking. Nodes
/// that the stream does not tell of (people) have no times here: they are the client's, too.
/// </summary>
public sealed class BlameCollector : IServingObserver
{
    private readonly IWorkflowCauses causes;
    private readonly TagTable<NodeTimes> nodes;
    private readonly TagTable<BlamedWorkflow> workflows;

    /// <param name="causes">What released what.</param>
    /// <param name="pages">Room that an earlier run has left; null: new room.</param>
    public BlameCollector(IWorkflowCauses causes, MetricsPages? pages = null)
    {
        this.causes = causes;
        pages ??= new();
        nodes = new(pages.Nodes);
        workflows = new(pages.Blamed);
    }

    /// <summary>The blame of a workflow that has ended; null of any other.</summary>
    public WorkflowBlame? this[int workflow] => workflows[workflow] is { HasEnded: true } state ? state.Blame : null;

    public void WorkflowArrived(int tag, Instant at) => workflows[tag].Arrived = at;

    public void WorkflowEnded(int tag, Instant at)
    {
        ref BlamedWorkflow workflow = ref workflows[tag];
        workflow.HasEnded = true;
        workflow.Blame = Walk(causes.LastOf(tag), workflow.Arrived, at);
        (int first, int count) = causes.NodesOf(tag);
        nodes.Release(first, count);
    }

    public void CallArrived(int tag, Instant at) => nodes[tag].Start = at;

    public void CallEnded(in CallRecord record)
    {
        if (record.End != Instant.Never)
        {
            nodes[record.Tag] = new() { Start = record.Ready, End = record.End, Phases = CallPhases.Of(record) };
        }
    }

    public void ToolStarted(int tag, Instant at) => nodes[tag].Start = at;

    public void ToolEnded(int tag, Instant at)
    {
        ref NodeTimes tool = ref nodes[tag];
        tool.End = at;
        tool.Tool = at - tool.Start;
    }

    /// <summary>Adds the blame of a workflow that has ended.</summary>
    internal void AddTo(ref BlameSum sum, int workflow) => sum.Add(workflows[workflow].Blame);

    /// <summary>Forgets everything.</summary>
    internal void Clear()
    {
        nodes.Clear();
        workflows.Clear();
    }

    private WorkflowBlame Walk((int Node, bool ByStart) cause, Instant arrived, Instant end)
    {
        WorkflowBlame blame = default;
        Instant reached = end;
        for (; cause.Node >= 0; cause = causes.CauseOf(cause.Node))
        {
            NodeTimes node = nodes[cause.Node];
            if (cause.ByStart && node.Start.Ns > 0)
            {
                blame = blame with { Think = blame.Think + (reached - node.Start) };
                reached = node.Start;
            }
            else if (!cause.ByStart && node.End.Ns > 0)
            {
                blame = blame.With(node.Phases) with { Tool = blame.Tool + node.Tool, Think = blame.Think + (reached - node.End) };
                reached = node.Start;
            }
        }
        return blame with { Think = blame.Think + (reached - arrived) };
    }
}

/// <summary>Where the time of a node went.</summary>
internal struct NodeTimes
{
    public Instant Start;
    public Instant End;
    public CallPhases Phases;
    public Duration Tool;
}

/// <summary>A workflow, and its blame once it has ended.</summary>
internal struct BlamedWorkflow
{
    public Instant Arrived;
    public bool HasEnded;
    public WorkflowBlame Blame;
}
