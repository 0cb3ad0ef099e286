using System.Text;
using Xunit;

namespace Cortex.Workloads.Tests;

/// <summary>What is written in the formats of others means what the trace means.</summary>
public sealed class ExportTests : IDisposable
{
    private const int Flows = 300;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cortex-export-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("mooncake.jsonl")]
    [InlineData("mooncake-sessions.jsonl")]
    public void A_mooncake_trace_comes_back_with_its_ids(string extract)
    {
        Workload source = Traces.Load(extract), back = TraceFile.Load(Converted(Traces.PathOf(extract), "mooncake", out IReadOnlyList<string> lost));
        Assert.Equal(source.Workflows.Select(workflow => (workflow.Arrival, workflow.NodeCount)), back.Workflows.Select(workflow => (workflow.Arrival, workflow.NodeCount)));
        Assert.Equal(
            source.Nodes.Select(node => (node.OutputTokens, node.DelayNs, string.Join(' ', node.Prompt.Select(segment => (segment.Offset, segment.Length))))),
            back.Nodes.Select(node => (node.OutputTokens, node.DelayNs, string.Join(' ', node.Prompt.Select(segment => (segment.Offset, segment.Length))))));
        Assert.Equal(source.NodeCount, Assert.Single(lost).Split(": ") is ["stages", string count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : -1);
    }

    [Theory]
    [InlineData("agentic.jsonl")]
    [InlineData("agentic-v1.jsonl")]
    [InlineData("weka-v8.jsonl")]
    [InlineData("weka-v6.jsonl")]
    [InlineData("llmservingsim.jsonl")]
    [InlineData("thunderagent.jsonl")]
    [InlineData("agentcgroup.jsonl")]
    public void A_graph_of_requests_has_the_totals_and_the_reuse_of_its_source(string extract)
    {
        string graph = Converted(Traces.PathOf(extract), "agentic-mooncake", out _);
        Workload source = Traces.Load(extract), back = TraceFile.Load(graph);
        Assert.Equal(source.Totals, back.Totals);
        Assert.Equal(Reuse(Traces.PathOf(extract), back.NativeBlock).ReusedTokens, Reuse(graph, back.NativeBlock).ReusedTokens, Reuse(graph, back.NativeBlock).ReusedTokens * 0.02);
        if (source.ChainedBlocks)
        {
            Assert.Equal(ReuseOracle.Measure(source), ReuseOracle.Measure(back));
        }
    }

    [Fact]
    public void Calls_of_random_workflows_are_released_as_they_were()
    {
        AgentflowWorkflow[] flows = [.. Enumerable.Range(1, Flows).Select(seed => RandomFlows.Draw((ulong)seed))];
        string trace = Path.Combine(folder.FullName, "flows.jsonl");
        File.WriteAllBytes(trace, Lines(flows));
        Workload source = TraceFile.Load(trace), back = TraceFile.Load(Converted(trace, "agentic-mooncake", out IReadOnlyList<string> lost));
        Dictionary<string, long[]> expected = Releases(source), released = Releases(back);
        Assert.All(expected.Where(flow => flow.Value.Length > 0), flow => Assert.Equal(flow.Value, released[flow.Key]));
        Assert.Contains(lost, what => what.StartsWith("calls that do not run, left out: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Random_workflows_come_through_the_writer_unchanged()
    {
        byte[] written = Lines([.. Enumerable.Range(1, Flows).Select(seed => RandomFlows.Draw((ulong)seed))]);
        using AgentflowReader reader = AgentflowReader.Open(written, "flows");
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(Lines([.. reader.Rest()])));
    }

    [Fact]
    public void Branches_become_the_way_taken_in_a_session_of_rows()
    {
        string trace = Path.Combine(folder.FullName, "flow.jsonl");
        File.WriteAllLines(trace, [Traces.AgentflowHeader, """{"id":"w","arrival":2500,"class":"c","nodes":[{"n":0,"kind":"llm","prompt":[["g:sys",0,500],["u:0",0,40]],"out":30},{"n":1,"kind":"tool","name":"sql","deps":[0],"dur":1500,"result":9,"outcome":"error"},{"n":2,"kind":"llm","deps":[1],"delay":250,"when":[{"node":1,"is":["error"]}],"base":0,"add":[["r:1",0,9]],"out":7},{"n":3,"kind":"llm","deps":[1],"when":[{"node":1,"is":["ok"]}],"prompt":[["u:0",0,40]],"out":7}]}"""]);
        string[] rows = File.ReadAllLines(Converted(trace, "mooncake", out IReadOnlyList<string> lost));
        Assert.Equal(
            [
                """{"session_id":"w","timestamp":2.5,"input_length":540,"output_length":30,"hash_ids":[0,1]}""",
                """{"session_id":"w","delay":1.75,"input_length":579,"output_length":7,"hash_ids":[0,2]}""",
            ],
            rows);
        Assert.Equal(
            [
                "names of tools: 1", "outcomes: 1", "guards, of which only the way taken is written: 2", "calls that do not run, left out: 1",
                "whether a pause is a tool's or a person's: 1", "classes, tenants, priorities, success of workflows: 1",
            ],
            lost);
    }

    private static byte[] Lines(AgentflowWorkflow[] flows)
    {
        using MemoryStream output = new();
        using AgentflowWriter writer = new(output);
        writer.Write(new AgentflowHeader { Closed = true });
        foreach (AgentflowWorkflow flow in flows)
        {
            writer.Write(flow);
        }
        return output.ToArray();
    }

    /// <summary>By workflow: when each of its calls that run is sent, from the workflow's start, in order of nodes; each takes a time of its own.</summary>
    private static Dictionary<string, long[]> Releases(Workload workload)
    {
        Play all = Play.With(workload, new() { Closed = true, Load = 1000 }, tag => workload.Nodes[tag].Kind == NodeKind.Llm ? 1_000_000L * workload.Nodes[tag].OutputTokens : workload.Nodes[tag].DurationNs);
        HashSet<int> sent = [.. all.Of(PlayerEventKind.CallReady).Select(e => e.Tag)];
        return workload.Workflows.ToDictionary(
            workflow => workflow.Id,
            workflow => Enumerable.Range(workflow.FirstNode, workflow.NodeCount).Where(sent.Contains).Select(tag => all.Started[tag]).ToArray());
    }

    private static ReuseTotals Reuse(string path, int block)
    {
        using TraceImport trace = TraceImport.Open(path);
        TraceStatistics statistics = new(trace.Header, block);
        foreach (AgentflowWorkflow workflow in trace.Workflows())
        {
            statistics.Add(workflow);
        }
        return statistics.Reuse;
    }

    private string Converted(string path, string format, out IReadOnlyList<string> lost)
    {
        string target = Path.Combine(folder.FullName, $"{format}.out");
        using TraceImport trace = TraceImport.Open(path);
        using FileStream output = File.Create(target);
        lost = TraceExport.Write(trace.Header, trace.Workflows(), format, output).Lost;
        return target;
    }
}
