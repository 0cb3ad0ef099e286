namespace Cortex.Workloads;

/// <summary>
/// When the calls of a workflow are released, in terms of other calls: so long after the end, or the sending, of each of some, and not
/// before some time. Tools and people become such delays, exactly: the latest of all counts.
/// </summary>
internal sealed class ReleaseTimes
{
    /// <summary>From what a delay counts.</summary>
    /// <param name="Call">Number of a call; −1: the start of the workflow.</param>
    /// <param name="OnDispatch">From its sending; else from its end.</param>
    public readonly record struct Origin(int Call, bool OnDispatch);

    private readonly AgentflowWorkflow workflow;
    private readonly bool[] taken;
    private readonly SortedDictionary<Origin, long>[] starts;
    private readonly SortedDictionary<Origin, long>[] ends;

    public ReleaseTimes(AgentflowWorkflow workflow, bool[] taken)
    {
        this.workflow = workflow;
        this.taken = taken;
        starts = new SortedDictionary<Origin, long>[workflow.Nodes.Count];
        ends = new SortedDictionary<Origin, long>[workflow.Nodes.Count];
        for (int n = 0; n < starts.Length; n++)
        {
            Fill(n);
        }
    }

    /// <summary>The delays of a call, by origin.</summary>
    public SortedDictionary<Origin, long> Of(int call) => starts[call];

    private void Fill(int n)
    {
        AgentflowNode node = workflow.Nodes[n];
        SortedDictionary<Origin, long> start = starts[n] = New();
        IEnumerable<int> deps = node.Deps.Concat(node.When.Select(guard => guard.Node)).Distinct();
        bool root = true;
        foreach (int dep in deps)
        {
            root = false;
            Later(start, ends[dep], taken[n] ? node.DelayNs : 0);
        }
        if (root)
        {
            Later(start, new Origin(-1, false), taken[n] ? node.DelayNs : 0);
        }
        foreach (AgentflowStart edge in node.AfterStart)
        {
            Later(start, Sent(edge.Node), taken[n] && taken[edge.Node] ? edge.DelayNs : 0);
        }
        ends[n] = New();
        if (!taken[n])
        {
            ends[n] = start;
        }
        else if (node.Kind == NodeKind.Llm)
        {
            ends[n].Add(new(n, false), 0);
        }
        else
        {
            Later(ends[n], start, Math.Min(node.DurationNs ?? 0, node.TimeoutNs ?? long.MaxValue));
        }
    }

    private IEnumerable<KeyValuePair<Origin, long>> Sent(int n) =>
        taken[n] && workflow.Nodes[n].Kind == NodeKind.Llm ? [new(new(n, true), 0)] : starts[n];

    private static SortedDictionary<Origin, long> New() =>
        new(Comparer<Origin>.Create((a, b) => a.Call != b.Call ? a.Call.CompareTo(b.Call) : a.OnDispatch.CompareTo(b.OnDispatch)));

    private static void Later(SortedDictionary<Origin, long> into, IEnumerable<KeyValuePair<Origin, long>> from, long delay)
    {
        foreach ((Origin origin, long ns) in from)
        {
            Later(into, origin, checked(ns + delay));
        }
    }

    private static void Later(SortedDictionary<Origin, long> into, Origin origin, long ns)
    {
        if (!into.TryGetValue(origin, out long known) || ns > known)
        {
            into[origin] = ns;
        }
    }
}
