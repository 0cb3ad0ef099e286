using Cortex.Policies;
using Cortex.Policies.Random;
using Xunit;

namespace Cortex.Workloads.Tests;

public sealed class TracePlayerTests
{
    private static readonly PlayerOptions Open = new() { Closed = false };

    private static PlayerOptions Users(int users) => new() { Closed = true, Load = users };

    public static TheoryData<string, bool, int> Plays => new()
    {
        { "mooncake.jsonl", false, 1 }, { "mooncake.jsonl", true, 4 }, { "azure.csv", false, 1 }, { "requests.csv", true, 3 }, { "weka-v8.jsonl", true, 1 },
        { "weka-v8.jsonl", true, 2 }, { "weka-v6.jsonl", true, 100 }, { "nl2sql", false, 1 }, { "nl2sql", true, 5 },
    };

    [Theory]
    [MemberData(nameof(Plays))]
    public void Every_node_ends_once_or_is_skipped_and_none_starts_before_what_it_waits_for(string trace, bool closed, int load)
    {
        Workload workload = trace == "nl2sql" ? Generated(60) : Traces.Load(trace);
        Play play = Play.With(workload, new PlayerOptions { Closed = closed, Load = load }, Time(workload));
        Assert.Equal(play.Ended.Count, play.Ended.Distinct().Count());
        bool[] ran = new bool[workload.NodeCount];
        foreach (int tag in play.Ended)
        {
            ran[tag] = true;
        }
        for (int tag = 0; tag < workload.NodeCount; tag++)
        {
            bool allowed = workload.Guards(tag).ToArray().All(guard => ran[guard.Node] && guard.Allows(workload.Nodes[guard.Node].Outcome));
            Assert.Equal(allowed && workload.Nodes[tag].Kind != NodeKind.Human, ran[tag]);
            foreach (int before in workload.Dependencies(tag))
            {
                Assert.True(!ran[tag] || !ran[before] || play.Started[tag] >= play.Finished[before] + workload.Nodes[tag].DelayNs);
                Assert.Equal(workload.Nodes[tag].Workflow, workload.Nodes[before].Workflow);
            }
        }
        int[] all = [.. Enumerable.Range(0, workload.Workflows.Length)];
        Assert.Equal(all, play.Of(PlayerEventKind.WorkflowArrived).Select(e => e.Tag));
        Assert.Equal(all, play.Of(PlayerEventKind.WorkflowEnded).Select(e => e.Tag).Order());
        Assert.True(play.Events.Zip(play.Events.Skip(1)).All(pair => pair.First.At <= pair.Second.At));
        Assert.Equal(Instant.Never, play.Player.NextDue);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(1000)]
    public void A_closed_loop_keeps_as_many_workflows_in_flight_as_there_are_users(int users)
    {
        Workload workload = Generated(60);
        Play play = Play.With(workload, Users(users), Time(workload));
        Assert.Equal(Math.Min(users, 60), play.MostInFlight);
        Assert.Equal(Math.Min(users, 60), play.Of(PlayerEventKind.WorkflowArrived).Count(e => e.At == Instant.Zero));
        // Each later workflow starts in the instant in which another ends.
        long[] ends = [.. play.Of(PlayerEventKind.WorkflowEnded).Select(e => e.At.Ns)];
        Assert.Equal(ends.Take(60 - Math.Min(users, 60)), play.Of(PlayerEventKind.WorkflowArrived).Skip(users).Select(e => e.At.Ns));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0.3)]
    public void An_open_loop_divides_the_arrivals_by_the_load(double load)
    {
        Workload workload = Traces.Load("azure.csv");
        Play play = Play.Instantly(workload, Open with { Load = load });
        Assert.Equal(
            workload.Workflows.Select(workflow => (long)Math.Round(workflow.Arrival!.Value.Ns / load, MidpointRounding.ToEven)),
            play.Of(PlayerEventKind.WorkflowArrived).Select(e => e.At.Ns));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Poisson_arrivals_keep_the_mean_rate_and_the_order_and_follow_the_seed(double load)
    {
        Workload workload = Generated(400);
        long[] Draw(ulong seed) =>
        [
            .. Play.Instantly(workload, Open with { Load = load, Poisson = new RandomStream(seed, "arrivals") })
                .Of(PlayerEventKind.WorkflowArrived).Select((e, i) => e.Tag == i ? e.At.Ns : -1),
        ];
        long[] first = Draw(1);
        Assert.Equal(first, Draw(1));
        Assert.NotEqual(first, Draw(2));
        Assert.Equal(first.Order(), first);
        double recordedGap = (workload.Workflows[^1].Arrival!.Value - workload.Workflows[0].Arrival!.Value).Seconds / 399;
        double[] gaps = [.. first.Zip(first.Skip(1), (a, b) => (b - a) / 1e9)];
        Assert.InRange(gaps.Average() * load / recordedGap, 0.85, 1.15);
        double deviation = Math.Sqrt(gaps.Sum(gap => Math.Pow(gap - gaps.Average(), 2)) / gaps.Length);
        Assert.InRange(deviation / gaps.Average(), 0.8, 1.2);
    }

    [Fact]
    public void A_node_starts_its_delay_after_the_last_of_its_dependencies()
    {
        Workload workload = Traces.Agentflow("""
            {"n":0,"kind":"llm","prompt":[["u:0",0,5]],"out":3,"delay":7},
            {"n":1,"kind":"tool","deps":[0],"dur":10},
            {"n":2,"kind":"tool","deps":[0],"dur":40},
            {"n":3,"kind":"human","deps":[1],"dur":100},
            {"n":4,"kind":"llm","deps":[2,3],"delay":5,"prompt":[["u:0",0,9]],"out":3}
            """.ReplaceLineEndings(""));
        Play play = Play.With(workload, Open, Time(workload, callNs: 1000));
        Assert.Equal([7_000, 8_000, 8_000, 0, 8_000 + 10_000 + 100_000 + 5_000], play.Started);
        Assert.Equal(124_000, play.Of(PlayerEventKind.WorkflowEnded).Single().At.Ns);
    }

    [Fact]
    public void Tools_people_and_delays_are_capped()
    {
        Workload workload = Traces.Agentflow("""
            {"n":0,"kind":"human","dur":90},{"n":1,"kind":"tool","deps":[0],"dur":90},{"n":2,"kind":"llm","deps":[1],"prompt":[["u:0",0,9]],"out":3,"delay":90}
            """.Trim());
        PlayerOptions options = Open with { MaxThink = new Duration(20_000) };
        TracePlayer player = new(workload, options);
        Assert.Equal(new Duration(20_000), player.TimeOf(1));
        Play play = Play.With(workload, options, tag => workload.Nodes[tag].Kind == NodeKind.Tool ? player.TimeOf(tag).Ns : 0);
        Assert.Equal(20_000, play.Started[1]);
        Assert.Equal(20_000 + 20_000 + 20_000, play.Started[2]);
    }

    [Theory]
    [InlineData("ok", new[] { 0, 1, 4 })]
    [InlineData("error", new[] { 0, 1, 2, 3, 4 })]
    [InlineData("empty", new[] { 0, 1, 3, 4 })]
    public void A_guard_lets_a_node_run_only_after_the_outcomes_that_it_names(string outcome, int[] expected)
    {
        Workload workload = Traces.Agentflow($$"""
            {"n":0,"kind":"llm","prompt":[["u:0",0,9]],"out":3},
            {"n":1,"kind":"tool","deps":[0],"dur":1,"outcome":"{{outcome}}"},
            {"n":2,"kind":"llm","deps":[1],"when":[{"node":1,"is":["error"]}],"prompt":[["u:0",0,9]],"out":3},
            {"n":3,"kind":"llm","deps":[2],"when":[{"node":1,"is":["error","empty"]}],"prompt":[["u:0",0,9]],"out":3},
            {"n":4,"kind":"llm","deps":[2,3],"prompt":[["u:0",0,9]],"out":3}
            """.ReplaceLineEndings(""));
        Assert.Equal(expected, Play.Instantly(workload, Open).Ended);
    }

    [Fact]
    public void A_guard_on_a_skipped_node_does_not_hold()
    {
        Workload workload = Traces.Agentflow("""
            {"n":0,"kind":"tool","dur":1},
            {"n":1,"kind":"tool","dur":1,"when":[{"node":0,"is":["error"]}]},
            {"n":2,"kind":"tool","dur":1,"when":[{"node":1,"is":["ok"]}]}
            """.ReplaceLineEndings(""));
        Play play = Play.Instantly(workload, Open);
        Assert.Equal([0], play.Ended);
        Assert.Single(play.Of(PlayerEventKind.WorkflowEnded));
    }

    [Fact]
    public void A_prompt_holds_only_what_was_really_produced()
    {
        Workload workload = Traces.Agentflow("""
            {"n":0,"kind":"llm","prompt":[["u:0",0,100]],"out":50},
            {"n":1,"kind":"tool","deps":[0],"dur":1,"result":30,"when":[{"node":0,"is":["error"]}]},
            {"n":2,"kind":"llm","deps":[0,1],"prompt":[["u:0",0,100],["o:0",0,50],["r:1",0,30],["u:1",0,7]],"out":5},
            {"n":3,"kind":"llm","deps":[2],"base":2,"keep":120,"add":[["o:0",10,40]],"out":5},
            {"n":4,"kind":"llm","deps":[1],"prompt":[["r:1",0,30]],"out":5}
            """.ReplaceLineEndings(""));
        Assert.Equal(120 + 5 + 40, workload.Nodes[3].PromptTokens);
        Play play = Play.With(workload, Open, _ => 0, produced: tag => tag == 0 ? 12 : workload.Nodes[tag].OutputTokens);
        Assert.Equal(100 + 12 + 7, play.PromptTokens[2]);
        Assert.Equal(100 + 12 + 5 + 2, play.PromptTokens[3]);
        Assert.Equal(1, play.PromptTokens[4]);
    }

    [Fact]
    public void The_declared_maximum_is_the_truth_or_what_the_trace_says_or_nothing()
    {
        Workload workload = Traces.Agentflow(
            """{"n":0,"kind":"llm","prompt":[["u:0",0,9]],"out":30,"max_tokens":64},{"n":1,"kind":"llm","prompt":[["u:0",0,9]],"out":30}""");
        TracePlayer silent = new(workload, Open);
        TracePlayer declaring = new(workload, Open with { DeclareMax = true });
        Assert.Equal((64, int.MaxValue), (silent.MaxTokens(0), silent.MaxTokens(1)));
        Assert.Equal((30, 30), (declaring.MaxTokens(0), declaring.MaxTokens(1)));
    }

    [Theory]
    [InlineData(39, 64, 30)] // One token too many.
    [InlineData(40, 64, 64)]
    [InlineData(29, 20, 20)] // One token too many even when cut by its maximum.
    [InlineData(30, 20, 20)] // Fits thanks to its maximum, though its true length would not.
    public void A_call_that_cannot_fit_declares_the_length_that_it_would_reach(int room, int declared, int expected)
    {
        Workload workload = Traces.Agentflow($$$"""{"n":0,"kind":"llm","prompt":[["u:0",0,10]],"out":30,"max_tokens":{{{declared}}}}""");
        Assert.Equal(expected, new TracePlayer(workload, Open).Request(0, room).MaxTokens);
    }

    [Fact]
    public void Nothing_is_allocated_once_the_queue_has_grown()
    {
        Workload workload = Generated(200);
        TracePlayer player = new(workload, Users(20));
        Queue<int> running = new(64);
        long allocated = 0;
        int events = 0;
        for (Instant now = Instant.Zero; now != Instant.Never; now = player.NextDue)
        {
            while (true)
            {
                if (player.TryNext(now, out PlayerEvent e))
                {
                    if (e.Kind is PlayerEventKind.CallReady or PlayerEventKind.ToolReady)
                    {
                        running.Enqueue(e.Tag);
                    }
                }
                else if (running.TryDequeue(out int tag))
                {
                    player.NodeEnded(tag, now);
                }
                else
                {
                    break;
                }
                if (++events == 200)
                {
                    allocated = GC.GetAllocatedBytesForCurrentThread();
                }
            }
        }
        Assert.True(events > 1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    [Fact]
    public void A_trace_without_arrivals_is_not_played_open_loop() =>
        Assert.Contains("has no arrival time", Assert.Throws<TraceException>(() => new TracePlayer(Traces.Load("weka-v8.jsonl"), Open)).Message);

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, -1)]
    [InlineData(false, double.NaN)]
    [InlineData(false, double.PositiveInfinity)]
    [InlineData(true, 0)]
    [InlineData(true, 1.5)]
    [InlineData(true, 1e12)]
    public void A_load_without_meaning_is_refused(bool closed, double load) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TracePlayer(Traces.Load("azure.csv"), new PlayerOptions { Closed = closed, Load = load }));

    [Fact]
    public void A_load_that_puts_arrivals_beyond_all_time_is_told_in_one_line()
    {
        TraceException fault = Assert.Throws<TraceException>(
            () => new TracePlayer(Traces.Load("azure.csv"), new PlayerOptions { Closed = false, Load = 1e-300 }));
        Assert.Contains("at load 1E-300", fault.Message, StringComparison.Ordinal);
        Assert.Contains("allowed: a larger load", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_is_not_running_cannot_end()
    {
        TracePlayer player = new(Traces.Load("azure.csv"), Open);
        Assert.Throws<InvalidOperationException>(() => player.NodeEnded(0, Instant.Zero));
        Assert.True(player.TryNext(Instant.Zero, out _) && player.TryNext(Instant.Zero, out PlayerEvent call) && call is { Kind: PlayerEventKind.CallReady, Tag: 0 });
        player.NodeEnded(0, Instant.Zero);
        Assert.Throws<InvalidOperationException>(() => player.NodeEnded(0, Instant.Zero));
    }

    private static Workload Generated(int workflows)
    {
        using MemoryStream output = new();
        WorkloadGenerator.Write("nl2sql", 7, workflows, output);
        return TraceFile.Load(output.ToArray(), "generated");
    }

    private static Func<int, long> Time(Workload workload, long callNs = 0) =>
        tag => workload.Nodes[tag] is { Kind: NodeKind.Llm } call ? (callNs > 0 ? callNs : call.OutputTokens * 10_000_000L) : workload.Nodes[tag].DurationNs;
}
