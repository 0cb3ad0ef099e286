using System.Globalization;
using Cortex.Policies;
using Cortex.Policies.Random;
using Xunit;

namespace Cortex.Workloads.Tests;

/// <summary>A trace that is read while it is played: the same play to the last event, and no more of it in memory than is under way.</summary>
public sealed class StreamedPlayTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 20).Select(seed => (ulong)seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_play_is_the_same_whether_the_trace_is_in_memory_or_read(ulong seed)
    {
        byte[] bytes = Flows(seed, workflows: 60);
        Workload whole = TraceFile.Load(bytes, "flows");
        PlayerOptions[] ways =
        [
            new() { Closed = true, Load = 1 }, new() { Closed = true, Load = 7 }, new() { Closed = false }, new() { Closed = false, Load = 3.5, MaxThink = new(1_000_000) },
            new() { Closed = false, Poisson = new RandomStream(seed, "arrivals") },
        ];
        foreach (PlayerOptions way in ways)
        {
            // Some calls are cut short, so that prompts with their outputs are, too.
            Play Of(ITrace trace) => Play.With(
                trace, way with { Poisson = way.Poisson is null ? null : new RandomStream(seed, "arrivals") }, tag => 1_000 * (tag * 7919 % 5_000), tag => whole.Nodes[tag].OutputTokens * (tag % 3) / 2);
            Play expected = Of(whole);
            Assert.NotEmpty(expected.Events);
            foreach (int nodesOfPart in new[] { 1, 10, 100, 10_000 })
            {
                Play read = Of(Survey(bytes, nodesOfPart)!);
                Assert.Equal(expected.Events, read.Events);
                Assert.Equal(expected.Ended, read.Ended);
                Assert.Equal(expected.PromptTokens, read.PromptTokens);
                Assert.Equal(expected.Finished, read.Finished);
            }
        }
    }

    [Theory]
    [InlineData("nl2sql")]
    [InlineData("react")]
    [InlineData("research")]
    [InlineData("chat")]
    public void What_is_known_of_a_trace_as_a_whole_is_the_same(string program)
    {
        using MemoryStream output = new();
        WorkloadGenerator.Write(program, 5, 40, output);
        Workload whole = TraceFile.Load(output.ToArray(), "generated.jsonl");
        ITrace read = Survey(output.ToArray(), 50)!;
        Assert.Equal(whole.Stages, read.Stages);
        Assert.Equal((whole.ClosedByDefault, whole.HasGuards, whole.HasPromises, whole.Totals), (read.ClosedByDefault, read.HasGuards, read.HasPromises, read.Totals));
        Assert.Equal(whole.CallStages, read.CallStages);
        Assert.Equal(whole.Notes, read.Notes);
        Assert.Equal((whole.WorkflowCount, whole.NodeCount, whole.Arrivals), (read.WorkflowCount, read.NodeCount, read.Arrivals));
        TracePlayer player = new(read, new() { Closed = true, Load = 1 });
        int calls = 0;
        while (player.NextDue is var now && now != Instant.Never)
        {
            while (player.TryNext(now, out PlayerEvent e))
            {
                if (e.Kind is PlayerEventKind.CallReady or PlayerEventKind.ToolReady)
                {
                    Node node = whole.Nodes[e.Tag], other = player.NodeOf(e.Tag);
                    Assert.Equal(node.Prompt, other.Prompt);
                    Assert.Equal(node with { Prompt = node.Prompt }, other with { Prompt = node.Prompt });
                    Assert.Equal(whole.Workflows[node.Workflow], player.WorkflowOf(node.Workflow));
                    calls++;
                    player.NodeEnded(e.Tag, now);
                }
            }
        }
        Assert.True(calls >= 40);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Only_what_is_under_way_is_held(bool closed)
    {
        ITrace trace = Survey(Flows(1, workflows: 2_000), nodesOfPart: 1)!;
        TracePlayer player = new(trace, new() { Closed = closed, Load = closed ? 4 : 1 });
        int most = 0;
        while (player.NextDue != Instant.Never)
        {
            Instant now = player.NextDue;
            while (player.TryNext(now, out PlayerEvent e))
            {
                most = Math.Max(most, player.PartsHeld);
                if (e.Kind is PlayerEventKind.CallReady or PlayerEventKind.ToolReady)
                {
                    player.NodeEnded(e.Tag, now);
                }
            }
        }
        Assert.InRange(most, 1, 40);
    }

    [Fact]
    public void Workflows_that_are_replayed_as_one_are_loaded() =>
        Assert.Null(Survey(
            """
            {"format":"agentflow","version":1,"replay":"closed"}
            {"id":"a","play":"p","arrival":0,"nodes":[{"n":0,"kind":"llm","prompt":[["u:0",0,10]],"out":3}]}
            {"id":"b","play":"p","arrival":5,"nodes":[{"n":0,"kind":"llm","prompt":[["u:0",0,10]],"out":3}]}
            """u8.ToArray(), 1));

    [Fact]
    public void A_fault_is_found_before_the_play_wherever_it_stands()
    {
        byte[] bytes = [.. Flows(3, workflows: 50), .. """{"id":"last","arrival":9000000000,"nodes":[{"n":0,"kind":"lm"}]}"""u8];
        TraceException fault = Assert.Throws<TraceException>(() => Survey(bytes, 10));
        Assert.Equal("flows:52: kind is 'lm'; allowed: llm, tool, human", fault.Message);
        Assert.Contains("holds no workflow", Assert.Throws<TraceException>(() => Survey("{\"format\":\"agentflow\",\"version\":1,\"replay\":\"open\"}"u8.ToArray(), 10)).Message, StringComparison.Ordinal);
    }

    private static StreamedTrace? Survey(byte[] bytes, int nodesOfPart) => StreamedTrace.Of(bytes, "flows", nodesOfPart);

    private static byte[] Flows(ulong seed, int workflows)
    {
        RandomStream random = new(seed, "arrivals of flows");
        using MemoryStream output = new();
        using AgentflowWriter writer = new(output);
        writer.Write(new AgentflowHeader { Closed = seed % 2 == 0, Streams = [new("g:sys", 500)] });
        long arrival = 0;
        for (int i = 0; i < workflows; i++)
        {
            AgentflowWorkflow workflow = RandomFlows.Draw((seed * 1_000_003) + (ulong)i);
            workflow.Id = i.ToString(CultureInfo.InvariantCulture);
            workflow.ArrivalNs = arrival += 1_000L * random.NextInt(8_000);
            foreach (AgentflowNode node in workflow.Nodes.Where(node => node.Kind == NodeKind.Tool))
            {
                node.Background = random.NextInt(8) == 0;
            }
            writer.Write(workflow);
        }
        return output.ToArray();
    }
}
