using System.Globalization;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Runs of SWE-agent as ThunderAgent measured them: a run a line, a chain of steps, each a model call, a tool, and the reading of its
/// result. The container's start delays the first call; what passed between the parts of a step is a delay as well. The shortest first
/// prompt of the file is taken as the opening that all runs share, and a prompt's growth beyond the output before it as the tool's result.
/// Runs are played closed loop, <c>concurrency</c> of them at once.
/// </summary>
internal sealed class ThunderAgentReader(string file, WorkloadBuilder builder) : ILineFormat
{
    private const string Model = "GLM-4.5-FP8";

    private readonly List<ThunderRun> runs = [];
    private readonly AgentSteps steps = new(builder);
    private long uncounted;
    private long retries;
    private long negativeGaps;

    public void Read(ReadOnlySpan<byte> line, long number)
    {
        JsonCursor json = new(file, number, line);
        runs.Add(ThunderRun.Read(ref json));
    }

    public void Finish()
    {
        builder.ClosedByDefault = true;
        builder.PromptsContainOutputs = true;
        StreamId opening = builder.NewStream();
        builder.NameStream(opening, "g:swe-agent");
        int shared = runs.SelectMany(run => run.Steps.Where(step => step.Input > 0).Take(1)).Select(step => step.Input).DefaultIfEmpty(0).Min();
        foreach (ThunderRun run in runs)
        {
            AddRun(run, opening, shared);
        }
        builder.Note(string.Create(
            CultureInfo.InvariantCulture, $"opening taken as shared by all runs, the shortest first prompt: {shared} tokens"));
        foreach (IGrouping<int, ThunderRun> together in runs.GroupBy(run => run.Concurrency))
        {
            builder.Note(string.Create(CultureInfo.InvariantCulture, $"runs recorded {together.Key} at a time, with tenant concurrency-{together.Key}: {together.Count()}"));
        }
        Count("steps without token counts, left out", uncounted);
        Count("further calls of a step after a format error, left out", retries);
        Count("negative gaps between parts of a step, taken as 0", negativeGaps);
        steps.Note();
        builder.Lose("start_s of runs, action, observation_chars");
    }

    private void Count(string what, long number)
    {
        if (number > 0)
        {
            builder.Note($"{what}: {number}");
        }
    }

    private void AddRun(ThunderRun run, StreamId opening, int shared)
    {
        StageId call = builder.Stage("step"), toolStage = builder.Stage("tool");
        int first = builder.NextTag;
        int before = -1, tool = -1;
        int output = 0;
        long end = 0;
        List<ThunderStep> counted = run.Steps.FindAll(step => step.Input > 0);
        uncounted += run.Steps.Count - counted.Count;
        retries += run.Steps.Sum(step => step.Retries);
        for (int i = 0; i < counted.Count; i++)
        {
            ThunderStep step = counted[i];
            if (before < 0)
            {
                steps.Open(opening, shared, step.Input);
            }
            else
            {
                (StreamId, int)[] results = tool < 0 ? [] : [(builder.NodeAt(tool).Output, builder.NodeAt(tool).OutputTokens)];
                steps.Continue(before, output, step.Input, results);
            }
            long delay = before < 0 ? run.ReadyNs : Gap(end, step.StartNs);
            int follows = tool >= 0 ? tool : before;
            before = builder.AddCall(call, step.Output, follows < 0 ? [] : [follows], builder.NewStream(), delay);
            if (builder.Detail(before) is { } detail)
            {
                detail.Model = Model;
                detail.Observed = new()
                {
                    StartNs = step.StartNs, TtftNs = step.PrefillNs, E2eNs = step.DurationNs, PrefillNs = step.PrefillNs, DecodeNs = step.DecodeNs,
                };
            }
            output = step.Output;
            end = step.StartNs + step.DurationNs;
            tool = -1;
            if (step.ToolNs is long toolNs)
            {
                int grown = i + 1 < counted.Count ? Math.Max(counted[i + 1].Input - step.Input - step.Output, 0) : 0;
                tool = builder.AddPause(NodeKind.Tool, toolStage, toolNs, [before], Gap(end, step.ToolStartNs), 0, grown, builder.NewStream());
                if (builder.Detail(tool) is { } toolDetail)
                {
                    toolDetail.Name = step.Action ?? "tool";
                }
                end = step.ToolStartNs + toolNs;
            }
        }
        if (builder.NextTag > first)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"{run.Concurrency}/{run.Instance}");
            builder.AddWorkflow(id, first, arrival: null, "coding", tenant: string.Create(CultureInfo.InvariantCulture, $"concurrency-{run.Concurrency}"));
        }
    }

    private long Gap(long from, long to)
    {
        negativeGaps += to < from ? 1 : 0;
        return Math.Max(to - from, 0);
    }
}
