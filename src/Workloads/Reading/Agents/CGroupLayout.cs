using System.Runtime.InteropServices;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Makes a workflow of a run. A call follows the tools of the call whose history it continues. A sub-agent hangs below the call that issued
/// it; the tool that stands for it follows the sub-agent's last call, and takes what was recorded beyond that.
/// </summary>
internal sealed class CGroupLayout(WorkloadBuilder builder, Dictionary<(string Set, bool Side), (StreamId Stream, int Tokens)> openings)
{
    private readonly AgentSteps steps = new(builder);
    private readonly StageId main = builder.Stage("main");
    private readonly StageId subAgent = builder.Stage("sub-agent");
    private readonly StageId toolStage = builder.Stage("tool");
    private readonly List<int> deps = [];
    private CGroupRun run = new();
    private int first;

    /// <summary>By call: its tag, and those of its tools once they are added.</summary>
    private int[] tags = [];
    private int[]?[] toolTags = [];

    /// <summary>By call of a sub-agent: the call that issued it, and which of its tools stands for it.</summary>
    private (int Call, int Tool)?[] issuers = [];

    /// <summary>By call and tool: the last call of the sub-agent that the tool stands for.</summary>
    private readonly Dictionary<(int Call, int Tool), int> lastOfLane = [];

    private long early;
    private long orphans;

    public void Add(CGroupRun of)
    {
        run = of;
        first = builder.NextTag;
        tags = new int[of.Calls.Count];
        toolTags = new int[]?[of.Calls.Count];
        issuers = new (int, int)?[of.Calls.Count];
        lastOfLane.Clear();
        for (int i = 0; i < of.Calls.Count; i++)
        {
            AddCall(i);
        }
        for (int i = 0; i < of.Calls.Count; i++)
        {
            AddTools(i);
        }
        builder.AddWorkflow($"{of.Set}/{of.Task}/{of.Attempt}", first, arrival: null, "coding", tenant: of.Set);
    }

    /// <summary>Tells what was counted.</summary>
    public void Note()
    {
        if (early > 0)
        {
            builder.Note($"tools that were called before their call's end, played from its end: {early}");
        }
        if (orphans > 0)
        {
            builder.Note($"sub-agents that no tool encloses, played from the start of the run: {orphans}");
        }
        steps.Note();
    }

    private void AddCall(int i)
    {
        CGroupCall call = run.Calls[i];
        int output = call.Output(run.Set);
        deps.Clear();
        long ready = 0;
        if (call.HistoryParent is int parent)
        {
            issuers[i] = issuers[parent];
            ready = Follow(parent);
            (StreamId, int)[] results =
            [
                .. run.Calls[parent].Tools.Zip(toolTags[parent]!).Where(pair => !pair.First.Background)
                    .Select(pair => (builder.NodeAt(pair.Second).Output, builder.NodeAt(pair.Second).OutputTokens)),
            ];
            steps.Continue(tags[parent], run.Calls[parent].Output(run.Set), call.Input, results);
        }
        else
        {
            if (call.Side && (issuers[i] = Issuer(call)) is { } issuer)
            {
                deps.Add(tags[issuer.Call]);
                ready = run.Calls[issuer.Call].LastEventNs;
            }
            else
            {
                orphans += call.Side ? 1 : 0;
            }
            (StreamId stream, int tokens) = openings[(run.Set, call.Side)];
            steps.Open(stream, tokens, call.Input);
        }
        if (issuers[i] is { } lane)
        {
            lastOfLane[lane] = i;
        }
        long delay = Math.Max(call.ReadyNs - ready, 0);
        tags[i] = builder.AddCall(call.Side ? subAgent : main, output, CollectionsMarshal.AsSpan(deps), builder.NewStream(), delay);
        if (builder.Detail(tags[i]) is { } detail)
        {
            detail.Agent = issuers[i] is { } own ? $"sub-{own.Call}-{own.Tool}" : "main";
            detail.Model = call.Model;
            detail.Stop = call.Stop;
            detail.Observed = new() { StartNs = call.ReadyNs, E2eNs = Math.Max(call.LastEventNs - call.ReadyNs, 0), CachedTokens = call.Cached };
        }
    }

    /// <summary>Makes the call wait for the tools of another, or for that itself if it has none. Returns when the last of them was done.</summary>
    private long Follow(int parent)
    {
        AddTools(parent);
        List<CGroupTool> tools = run.Calls[parent].Tools;
        long done = run.Calls[parent].LastEventNs;
        for (int t = 0; t < tools.Count; t++)
        {
            if (!tools[t].Background)
            {
                deps.Add(toolTags[parent]![t]);
                done = Math.Max(done, tools[t].EndNs);
            }
        }
        if (deps.Count == 0)
        {
            deps.Add(tags[parent]);
        }
        return done;
    }

    private void AddTools(int i)
    {
        if (toolTags[i] is not null)
        {
            return;
        }
        CGroupCall call = run.Calls[i];
        int[] added = toolTags[i] = new int[call.Tools.Count];
        for (int t = 0; t < added.Length; t++)
        {
            CGroupTool tool = call.Tools[t];
            if (lastOfLane.TryGetValue((i, t), out int last))
            {
                // Tools of the sub-agent's last call end it, if it ends with tools.
                AddTools(last);
                int[] ends = toolTags[last]!.Length > 0 ? toolTags[last]! : [tags[last]];
                long rest = Math.Max(tool.EndNs - Math.Max(run.Calls[last].LastEventNs, tool.StartNs), 0);
                added[t] = builder.AddPause(NodeKind.Tool, toolStage, rest, ends, 0, Outcome(tool), tool.Result, builder.NewStream());
            }
            else
            {
                early += tool.StartNs < call.LastEventNs ? 1 : 0;
                long delay = Math.Max(tool.StartNs - call.LastEventNs, 0);
                added[t] = builder.AddPause(NodeKind.Tool, toolStage, tool.DurationNs, [tags[i]], delay, Outcome(tool), tool.Result, builder.NewStream());
            }
            if (tool.Background)
            {
                builder.AddBackground(added[t]);
            }
            if (builder.Detail(added[t]) is { } detail)
            {
                detail.Name = tool.Name;
                detail.Error = tool.Error ? "true" : null;
                detail.Resources = run.PeakCores is null && run.PeakMemoryMb is null ? null : new(run.PeakCores, run.PeakMemoryMb);
            }
        }
    }

    private ushort Outcome(CGroupTool tool) => tool.Error ? builder.Outcome("error") : (ushort)0;

    /// <summary>The tool for a sub-agent that began last among those running when the call got ready.</summary>
    private (int Call, int Tool)? Issuer(CGroupCall side)
    {
        (int, int)? found = null;
        long latest = -1;
        for (int i = 0; i < run.Calls.Count && run.Calls[i] != side; i++)
        {
            for (int t = 0; t < run.Calls[i].Tools.Count; t++)
            {
                CGroupTool tool = run.Calls[i].Tools[t];
                bool encloses = tool.SubAgent && tool.StartNs <= side.ReadyNs && tool.EndNs >= side.ReadyNs && toolTags[i] is null;
                if (encloses && tool.StartNs > latest)
                {
                    (latest, found) = (tool.StartNs, (i, t));
                }
            }
        }
        return found;
    }
}
