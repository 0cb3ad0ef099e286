using System.Globalization;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Runs of Claude Code in containers (AgentCGroup): a run a line, its model calls with the call whose history each continues, and tools with
/// their times. The shortest first prompt of a set, apart for sub-agents, is taken as the opening that its runs share. Runs are played
/// closed loop, without arrivals. This class reads lines; <see cref="CGroupLayout"/> makes a workflow of a run.
/// </summary>
internal sealed class AgentCGroupReader(string file, WorkloadBuilder builder) : ILineFormat
{
    private readonly List<CGroupRun> runs = [];

    public void Read(ReadOnlySpan<byte> line, long number)
    {
        JsonCursor json = new(file, number, line);
        runs.Add(CGroupRun.Read(ref json));
    }

    public void Finish()
    {
        builder.ClosedByDefault = true;
        builder.PromptsContainOutputs = true;
        Dictionary<(string Set, bool Side), (StreamId Stream, int Tokens)> openings = [];
        var firsts = runs.SelectMany(run => run.Calls.Where(call => call.HistoryParent is null).Select(call => (run.Set, call.Side, call.Input)));
        foreach (var group in firsts.GroupBy(first => (first.Set, first.Side)))
        {
            StreamId stream = builder.NewStream();
            int tokens = group.Min(first => first.Input);
            builder.NameStream(stream, $"g:{group.Key.Set}{(group.Key.Side ? "-sub-agent" : "")}");
            openings.Add(group.Key, (stream, tokens));
            builder.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"opening taken as shared by all {(group.Key.Side ? "sub-agents" : "runs")} of {group.Key.Set}, the shortest first prompt: {tokens} tokens"));
        }
        CGroupLayout layout = new(builder, openings);
        foreach (CGroupRun run in runs)
        {
            layout.Add(run);
        }
        layout.Note();
        builder.Lose("arg_tokens_est, t_first_event_s, cache_write_tokens, means of CPU and memory over time");
    }
}
