using Cortex.Policies;
using Xunit;

namespace Cortex.Workloads.Tests;

/// <summary>What the fields of agentflow beyond dependencies do to a play. Calls take 1,000 ns here; the file's times are microseconds.</summary>
public sealed class AgentflowPlayTests
{
    private const string Call = """{"n":0,"kind":"llm","prompt":[["u:0",0,5]],"out":30}""";
    private static readonly PlayerOptions Open = new() { Closed = false };

    [Fact]
    public void A_node_follows_the_start_of_another_by_its_delay_and_the_end_of_its_dependencies()
    {
        Workload workload = Traces.Agentflow(Call + ","
            + """{"n":1,"kind":"tool","deps":[0],"dur":100},"""
            + """{"n":2,"kind":"llm","deps":[0],"after_start":[{"node":1,"delay":40}],"prompt":[["u:0",0,5]],"out":3},"""
            + """{"n":3,"kind":"llm","deps":[0],"after_start":[{"node":1,"delay":40}],"delay":60,"prompt":[["u:0",0,5]],"out":3},"""
            + """{"n":4,"kind":"tool","after_start":[{"node":0},{"node":1,"delay":2}],"dur":1},"""
            + """{"n":5,"kind":"tool","after_start":[{"node":0}],"delay":70,"dur":1}""");
        Play play = Play.With(workload, Open, Time(workload));
        Assert.Equal([0, 1_000, 41_000, 61_000, 3_000, 70_000], play.Started);
        Assert.Equal(0, play.Of(PlayerEventKind.WorkflowEnded).Single().Tag);
    }

    [Fact]
    public void A_skipped_node_counts_as_started()
    {
        Workload workload = Traces.Agentflow(Call + ","
            + """{"n":1,"kind":"tool","deps":[0],"when":[{"node":0,"is":["error"]}],"dur":100},"""
            + """{"n":2,"kind":"llm","after_start":[{"node":1,"delay":40}],"prompt":[["u:0",0,5]],"out":3}""");
        Assert.Equal([0, 0, 1_000], Play.With(workload, Open, Time(workload)).Started);
    }

    [Theory]
    [InlineData(1, 20_000, 50_000)]
    [InlineData(2, 10_000, 25_000)]
    public void Open_loop_a_node_with_a_time_is_released_then_whatever_it_depends_on(double load, long first, long second)
    {
        Workload workload = Traces.Parse(
            Traces.AgentflowHeader,
            $$"""{"id":"w","arrival":20,"nodes":[{{Call.Replace("\"n\":0", "\"n\":0,\"at\":20")}},{"n":1,"kind":"llm","deps":[0],"delay":5,"at":50,"base":0,"add":[["u:0",5,4]],"out":3},{"n":2,"kind":"tool","deps":[1],"dur":3}]}""");
        Play slow = Play.With(workload, Open with { Load = load }, _ => 1_000_000);
        Assert.Equal([first, second, second + 1_000_000], slow.Started);
        Assert.Equal([5, 39], slow.PromptTokens[..2]);
        Assert.Equal([0, 1_005_000, 2_005_000], Play.With(workload, new() { Closed = true }, _ => 1_000_000).Started);
    }

    [Fact]
    public void Open_loop_a_guarded_node_waits_for_the_outcome_and_its_time()
    {
        Workload workload = Traces.Agentflow(
            Call + ""","""
            + """{"n":1,"kind":"llm","at":40,"when":[{"node":0,"is":["ok"]}],"prompt":[["u:0",0,5]],"out":3},"""
            + """{"n":2,"kind":"llm","at":40,"when":[{"node":0,"is":["error"]}],"prompt":[["u:0",0,5]],"out":3}""");
        Assert.Equal([0, 40_000, 0], Play.With(workload, Open, Time(workload)).Started);
        Assert.Equal([0, 100_000, 0], Play.With(workload, Open, _ => 100_000).Started);
    }

    [Fact]
    public void Nobody_waits_for_a_tool_in_the_background()
    {
        Workload workload = Traces.Agentflow(Call + ""","""
            + """{"n":1,"kind":"tool","deps":[0],"dur":500,"background":true},{"n":2,"kind":"tool","deps":[0],"dur":20}""");
        Play play = Play.With(workload, Open, Time(workload));
        Assert.Equal(21_000, play.Of(PlayerEventKind.WorkflowEnded).Single().At.Ns);
        Assert.Equal(501_000, play.Finished[1]);
    }

    [Fact]
    public void A_workflow_of_background_tools_alone_ends_as_it_arrives()
    {
        Workload workload = Traces.Agentflow("""{"n":0,"kind":"tool","dur":500,"background":true}""");
        Assert.Equal(0, Play.With(workload, Open, Time(workload)).Of(PlayerEventKind.WorkflowEnded).Single().At.Ns);
    }

    [Fact]
    public void Reasoning_is_dropped_from_what_continues_a_call_and_a_shorter_output_cuts_it_further()
    {
        Workload workload = Traces.Agentflow("""{"n":0,"kind":"llm","prompt":[["u:0",0,5]],"out":30,"reason":12},{"n":1,"kind":"llm","deps":[0],"base":0,"keep":4,"add":[["u:0",5,2]],"out":3}""");
        Assert.Equal(4 + 18 + 2, Play.Instantly(workload, Open).PromptTokens[1]);
        Assert.Equal([new Segment(workload.Nodes[0].Output, 12, 18)], workload.Nodes[1].Prompt[1..2]);
        Assert.Equal(4 + 8 + 2, Play.With(workload, Open, _ => 0, tag => tag == 0 ? 20 : 3).PromptTokens[1]);
        Assert.Equal(4 + 2, Play.With(workload, Open, _ => 0, tag => tag == 0 ? 11 : 3).PromptTokens[1]);
    }

    [Fact]
    public void The_workflows_of_a_play_are_taken_by_one_user_as_far_apart_as_recorded()
    {
        string[] lines =
        [
            .. new (string Id, string? Play, int Arrival)[] { ("a", "p", 0), ("b", "q", 3), ("c", "p", 7), ("d", null, 9), ("e", "q", 90) }
                .Select(w => $$"""{"id":"{{w.Id}}",{{(w.Play is null ? "" : $"\"play\":\"{w.Play}\",")}}"arrival":{{w.Arrival}},"nodes":[{{Call}}]}"""),
        ];
        Workload workload = Traces.Parse([Traces.AgentflowHeader, .. lines]);
        Play play = Play.With(workload, new() { Closed = true, Load = 1 }, _ => 20_000);
        // a and c are taken together; c ends at 27 µs; then b, and e 87 µs later; then d.
        Assert.Equal([0, 27_000, 7_000, 134_000, 114_000], play.Started);
        Play open = Play.With(workload, Open, _ => 20_000);
        Assert.Equal([0, 3_000, 7_000, 9_000, 90_000], open.Started);
    }

    [Fact]
    public void Times_from_distributions_are_the_same_each_time_and_have_the_shape_asked_for()
    {
        string[] lines =
        [
            """{"format":"agentflow","version":1,"replay":"open","tools":[{"name":"Bash","dist":{"shape":"exponential","mean":50000}}]}""",
            .. Enumerable.Range(0, 400).Select(i =>
                $$"""{"id":"w{{i}}","arrival":0,"nodes":[{"n":0,"kind":"tool","dist":"Bash"},{"n":1,"kind":"tool","dist":{"shape":"lognormal","median":2000,"sigma":0.5} },{"n":2,"kind":"human","dist":{"shape":"uniform","min":10,"max":20} }]}"""),
        ];
        Workload workload = Traces.Parse(lines);
        long[][] times = [.. Enumerable.Range(0, 3).Select(n => workload.Nodes.Where((_, tag) => tag % 3 == n).Select(node => node.DurationNs).Order().ToArray())];
        Assert.Equal(workload.Nodes.Select(node => node.DurationNs), Traces.Parse(lines).Nodes.Select(node => node.DurationNs));
        Assert.InRange(times[0].Average(), 42e6, 58e6);
        Assert.InRange(times[1][200], 1.8e6, 2.2e6);
        Assert.InRange(times[2][0], 10_000, 10_500);
        Assert.InRange(times[2][^1], 19_500, 20_000);
        Assert.Equal(["times drawn from distributions, the same in every run: 1200"], workload.Notes);
    }

    [Fact]
    public void An_agent_does_not_wait_longer_than_its_timeout()
    {
        Workload workload = Traces.Agentflow("""{"n":0,"kind":"tool","dur":500,"timeout":30,"outcome":"error"}""");
        Assert.Equal(30_000, workload.Nodes[0].DurationNs);
    }

    [Fact]
    public void What_policies_may_know_in_advance_stands_in_the_trace_in_memory()
    {
        Workload workload = Traces.Parse(
            """{"format":"agentflow","version":1,"replay":"open","programs":{"c":{"stages":[{"name":"a","kind":"llm","out":9}]}}}""",
            $$"""{"id":"w","arrival":0,"class":"c","tenant":"t","slo":{"e2e":5},"nodes":[{{Call}}]}""");
        Assert.Equal(9, Assert.Single(workload.Programs, program => program.Class == workload.Workflows[0].Class).Stages[0].OutputTokens);
        Assert.Equal(("t", new AgentflowSlo(null, null, 5_000)), (workload.Workflows[0].Tenant, workload.Workflows[0].Slo));
    }

    private static Func<int, long> Time(Workload workload) => tag => workload.Nodes[tag].Kind == NodeKind.Llm ? 1_000 : workload.Nodes[tag].DurationNs;
}
