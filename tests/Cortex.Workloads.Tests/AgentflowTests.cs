using System.Text;
using Xunit;

namespace Cortex.Workloads.Tests;

/// <summary>The format in full: each field is read, kept and written.</summary>
public sealed class AgentflowTests
{
    /// <summary>Every key of the format, in the order in which it is written.</summary>
    private const string Full = "agentflow.jsonl";

    [Fact]
    public void What_is_written_is_what_was_read_byte_for_byte()
    {
        Assert.Equal(Encoding.UTF8.GetString(Traces.Bytes(Full)), Encoding.UTF8.GetString(Rewritten(Traces.Bytes(Full))));
    }

    [Fact]
    public void A_generated_trace_comes_through_reader_and_writer_unchanged()
    {
        using MemoryStream output = new();
        WorkloadGenerator.Write("nl2sql", 4, 20, output);
        Assert.Equal(output.ToArray(), Rewritten(output.ToArray()));
    }

    [Fact]
    public void Fields_stand_where_their_names_say()
    {
        using AgentflowReader reader = AgentflowReader.Open(Traces.PathOf(Full));
        Assert.Equal((true, 64), (reader.Header.Closed, reader.Header.NativeBlock));
        AgentflowStage plan = Assert.Single(reader.Header.Programs).Stages[0];
        Assert.Equal(("run", 0.75, 2), (plan.Next[0].Stage, plan.Next[0].Prior, plan.Next[0].Count));
        Assert.Equal(250_000_000, reader.Header.Programs[0].Stages[1].TimeNs);
        AgentflowWorkflow workflow = reader.Next()!;
        Assert.Equal(("p", 12_000, "acme", true), (workflow.Play, workflow.ArrivalNs, workflow.Tenant, workflow.Success));
        Assert.Equal(new AgentflowSlo(1_000_000, 50_000, 9_000_000_000), workflow.Slo);
        AgentflowNode call = workflow.Nodes[0], tool = workflow.Nodes[1];
        Assert.Equal((7_000, 19_000, 10, 1_000_000_000), (call.DelayNs, call.AtNs, call.Reason, call.TimeoutNs));
        Assert.Equal([new AgentflowEmission(1, 20)], call.Emits);
        Assert.Equal([new("small", null, 40, 4, 5_000, "error"), new(null, 0, 9)], call.Alternatives);
        Assert.Equal((new AgentflowGuess(false, "ls", 3), 7), (call.Guess, call.Observed!.CachedTokens));
        Assert.Equal(("ls -l", ToolEffect.Pure, "true", true), (tool.Args, tool.Effect, tool.Error, tool.Background));
        Assert.Equal(new AgentflowResources(0.5m, 512, "sandbox"), tool.Resources);
        Assert.Equal([new(0, 3_000), new(1, 0)], workflow.Nodes[2].AfterStart);
        Assert.Null(reader.Next());
    }

    [Fact]
    public void Times_that_are_no_whole_microseconds_are_rounded_half_to_even_and_counted()
    {
        using MemoryStream output = new();
        using AgentflowWriter writer = new(output);
        foreach (long ns in (long[])[0, 499, 500, 1_500, 2_501, 3_000])
        {
            writer.Write(new AgentflowWorkflow { ArrivalNs = ns, Nodes = [new() { Kind = NodeKind.Human, DurationNs = 0 }] });
        }
        Assert.Equal(
            ["0", "0", "0", "2", "3", "3"],
            Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':', ',')[1]));
        Assert.Equal(4, writer.RoundedTimes);
    }

    [Fact]
    public void All_faults_of_a_trace_are_found_with_their_lines()
    {
        const string Good = """{"n":0,"kind":"llm","prompt":[["u:0",0,9]],"out":3}""";
        string[] lines =
        [
            Traces.AgentflowHeader,
            $$"""{"id":"a","arrival":5,"nodes":[{{Good}}]}""",
            """{"id":"b","arrival":4,"nodes":[{"n":0,"kind":"tool","deps":[2]},{"n":1,"kind":"llm","prompt":[["o:0",0,4],["g:sys",0,501]],"out":1}]}""",
            """{"id":"c","arrival":6,"nodes":[{"n":0,"kind":"tool"]}""",
            "",
            $$"""{"id":"d","arrival":7,"nodes":[{{Good}}]}""",
        ];
        using AgentflowReader reader = AgentflowReader.Open(Encoding.UTF8.GetBytes(string.Join('\n', lines)), "test");
        List<TraceException> faults = [];
        int read = 0;
        while (reader.NextWithFaults(faults, out AgentflowWorkflow? workflow))
        {
            read += workflow is null ? 0 : 1;
        }
        Assert.Equal(3, read);
        Assert.Equal([3, 3, 3, 3, 3, 4], faults.Select(fault => fault.Line));
        Assert.Equal(
            ["arrival is earlier", "an element of deps is 2", "dur is missing in node 0", "stream 'o:0' of node 0", "ends at 501", "no valid JSON"],
            faults.Zip(["arrival is earlier", "an element of deps is 2", "dur is missing in node 0", "stream 'o:0' of node 0", "ends at 501", "no valid JSON"])
                .Select(pair => pair.First.Message.Contains(pair.Second, StringComparison.Ordinal) ? pair.Second : pair.First.Message));
    }

    [Fact]
    public void A_missing_file_is_told() =>
        Assert.Contains("there is no such file", Assert.Throws<TraceException>(() => AgentflowReader.Open(Path.Combine(AppContext.BaseDirectory, "no-such.jsonl"))).Message);

    private static byte[] Rewritten(byte[] trace)
    {
        using AgentflowReader reader = AgentflowReader.Open(trace, "test");
        using MemoryStream output = new();
        using AgentflowWriter writer = new(output);
        writer.Write(reader.Header);
        foreach (AgentflowWorkflow workflow in reader.Rest())
        {
            writer.Write(workflow);
        }
        return output.ToArray();
    }
}
