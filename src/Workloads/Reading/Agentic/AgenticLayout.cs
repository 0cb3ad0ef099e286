using System.Runtime.InteropServices;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Makes a workflow of a play. A delay is a pause between two calls; the format does not say whether of a tool or a person. What waits for
/// the dispatch of a request waits, as that request itself does, for an empty pause in front of it. An earliest release is such a pause too.
/// </summary>
internal sealed class AgenticLayout(string file, WorkloadBuilder builder)
{
    private readonly StageId call = builder.Stage("call");
    private readonly StageId pause = builder.Stage("pause");
    private readonly StageId tool = builder.Stage("tool");
    private readonly List<int> deps = [];

    /// <summary>Appends the play as a workflow.</summary>
    /// <param name="play">Its requests.</param>
    /// <param name="arrival">When it starts; never before the play added before it.</param>
    /// <exception cref="TraceException">Its dependencies are no graph without circles.</exception>
    public void Add(AgenticPlay play, Instant arrival)
    {
        HashSet<string> dispatches = [.. play.Edges.Where(edge => edge.OnDispatch).Select(edge => edge.Id)];
        Dictionary<string, int> gates = [];
        Dictionary<string, int> calls = [];
        int first = builder.NextTag;
        foreach (int index in AgenticOrder.Of(play, file))
        {
            AgenticRow row = play.Rows[index];
            deps.Clear();
            foreach (AgenticEdge edge in play.EdgesOf(row))
            {
                int before = edge.OnDispatch ? gates[edge.Id] : calls[edge.Id];
                deps.Add(edge.DelayNs == 0 ? before : builder.AddPause(NodeKind.Human, pause, edge.DelayNs, [before]));
            }
            if (row.ToolNs > 0)
            {
                int tools = builder.AddPause(NodeKind.Tool, tool, row.ToolNs, CollectionsMarshal.AsSpan(deps));
                deps.Clear();
                deps.Add(tools);
            }
            if (row.NotBeforeNs > 0)
            {
                deps.Add(builder.AddPause(NodeKind.Human, pause, 0, [], row.NotBeforeNs));
            }
            if (dispatches.Contains(row.Id))
            {
                int gate = builder.AddPause(NodeKind.Human, pause, 0, CollectionsMarshal.AsSpan(deps));
                gates.Add(row.Id, gate);
                deps.Clear();
                deps.Add(gate);
            }
            builder.Prompt.Clear();
            foreach (Segment segment in row.Prompt)
            {
                builder.Prompt.Add(segment.Stream, segment.Offset, segment.Length);
            }
            int tag = builder.AddCall(call, row.OutputTokens, CollectionsMarshal.AsSpan(deps), builder.NewStream());
            calls.Add(row.Id, tag);
            if (builder.Detail(tag) is { } detail)
            {
                (detail.Model, detail.Agent) = (row.Model, row.Session);
            }
        }
        builder.AddWorkflow(play.Name, first, arrival);
    }
}
