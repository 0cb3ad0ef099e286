using Cortex.Policies;
using Cortex.Policies.Random;
using Xunit;

namespace Cortex.Workloads.Tests;

/// <summary>Users who are in the middle of their work when a run begins.</summary>
public sealed class SnapshotTests
{
    private const int Sessions = 60;
    private const int Users = 20;

    /// <summary>Sessions of 20 calls in a row, so that a cut shows in the first one that starts.</summary>
    private static readonly Workload Chains = Traces.Agentflow([.. Enumerable.Range(0, Sessions).Select(_ => string.Join(',', Enumerable.Range(0, 20).Select(Link)))]);

    [Fact]
    public void First_plays_start_between_the_shares_and_later_ones_at_their_beginning()
    {
        int[] first = FirstStarts(Chains, Cold(seed: 1));
        Assert.All(first.Take(Users), node => Assert.InRange(node, 5, 15));
        Assert.True(first.Take(Users).Distinct().Count() > 5);
        Assert.All(first.Skip(Users), node => Assert.Equal(0, node));
    }

    [Fact]
    public void Cuts_follow_the_seed()
    {
        int[] one = FirstStarts(Chains, Cold(seed: 1));
        Assert.Equal(one, FirstStarts(Chains, Cold(seed: 1)));
        Assert.NotEqual(one, FirstStarts(Chains, Cold(seed: 2)));
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void What_is_left_is_played_as_in_the_whole_play_and_with_the_same_prompts(double share)
    {
        Workload workload = Generated();
        Play whole = Play.With(workload, All(null), Time(workload));
        Play rest = Play.With(workload, All(At(share)), Time(workload));
        Assert.Equal(whole.Ended.Where(tag => !IsOver(workload, tag, share)).Order(), rest.Ended.Order());
        Assert.All(rest.Ended, tag => Assert.Equal(whole.PromptTokens[tag], rest.PromptTokens[tag]));
        Assert.Equal(Sessions, rest.Of(PlayerEventKind.WorkflowEnded).Count());
    }

    [Fact]
    public void Caches_are_primed_by_the_last_call_before_each_cut_and_all_wait_for_these()
    {
        const double Half = 0.5;
        Workload workload = Generated();
        Play cold = Play.With(workload, All(At(Half)), Time(workload));
        Play primed = Play.With(workload, All(At(Half, primed: true)), Time(workload));
        int[] primers = [.. primed.Ended.Where(tag => IsOver(workload, tag, Half)).Order()];
        HashSet<int> ran = [.. Play.With(workload, All(null), Time(workload)).Ended];
        Assert.Equal(
            workload.Workflows.Select(workflow => Enumerable.Range(workflow.FirstNode, workflow.NodeCount)
                .LastOrDefault(tag => ran.Contains(tag) && workload.Nodes[tag].Kind == NodeKind.Llm && IsOver(workload, tag, Half), -1)).Where(tag => tag >= 0),
            primers);
        Assert.Equal(cold.Ended.Order(), primed.Ended.Except(primers).Order());
        long barrier = primers.Max(tag => primed.Finished[tag]);
        Assert.Equal(barrier, primed.Player.MeasuredFrom.Ns);
        Assert.All(primers, tag => Assert.Equal(0, primed.Started[tag]));
        Assert.All(primed.Ended.Except(primers), tag => Assert.Equal(cold.Started[tag] + barrier, primed.Started[tag]));
    }

    [Fact]
    public void Workflows_of_a_play_are_cut_as_one()
    {
        Workload workload = Traces.Parse(
            [Traces.AgentflowHeader, .. Enumerable.Range(0, 3).Select(i => $$"""{"id":"w{{i}}","play":"p","arrival":{{i * 1000}},"nodes":[{{Link(0)}},{{Link(1)}}]}""")]);
        Play play = Play.With(workload, new() { Closed = true, Snapshot = At(0.5) }, _ => 10);
        // Three of six nodes are over: the first workflow never comes, the second is half done and comes at once, the third 1 ms later.
        Assert.Equal([(1, 0L), (2, 1_000_000L)], play.Of(PlayerEventKind.WorkflowArrived).Select(e => (e.Tag, e.At.Ns)));
        Assert.Equal([3, 4, 5], play.Ended.Order());
    }

    [Fact]
    public void Recorded_starts_count_from_the_last_one_that_is_over()
    {
        const string Session = """{"id":"s","block_size":64,"hash_id_scope":"local","requests":[REQUESTS]}""";
        string requests = string.Join(',', Enumerable.Range(0, 4).Select(i => $$"""{"t":{{i * 100}},"in":64,"out":5,"api_time":1,"think_time":0,"hash_ranges":[[1,1]]}"""));
        byte[] line = System.Text.Encoding.UTF8.GetBytes(Session.Replace("REQUESTS", requests, StringComparison.Ordinal));
        Workload workload = TraceFile.Load(line, "weka", new() { Starts = SessionStarts.Recorded });
        Play play = Play.With(workload, new() { Closed = true, Snapshot = At(0.6) }, _ => 0);
        int[] calls = [.. play.Ended.Where(tag => workload.Nodes[tag].Kind == NodeKind.Llm)];
        Assert.Equal([2, 3], calls.Select(tag => Enumerable.Range(0, tag).Count(node => workload.Nodes[node].Kind == NodeKind.Llm)));
        Assert.Equal(100_000_000_000, play.Started[calls[1]] - play.Started[calls[0]]);
        Assert.InRange(play.Started[calls[0]], 0, 100_000_000_000);
    }

    [Theory]
    [InlineData(-0.1, 0.5)]
    [InlineData(0.6, 0.5)]
    [InlineData(0.5, 1)]
    public void Shares_without_meaning_are_refused(double from, double to) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TracePlayer(Chains, new() { Closed = true, Snapshot = new(new RandomStream(1, "s")) { From = from, To = to } }));

    [Fact]
    public void An_open_loop_has_no_snapshot() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TracePlayer(Chains, new() { Closed = false, Snapshot = At(0.5) }));

    private static string Link(int n) => $$"""{"n":{{n}},"kind":"llm","deps":[{{(n == 0 ? "" : n - 1)}}],"prompt":[["u:0",0,{{n + 1}}]],"out":3}""";

    private static SnapshotOptions At(double share, bool primed = false) => new(new RandomStream(1, "snapshot")) { From = share, To = share, Primed = primed };

    private static PlayerOptions Cold(ulong seed) => new() { Closed = true, Load = Users, Snapshot = new(new RandomStream(seed, "snapshot")) };

    /// <summary>As many users as sessions, so that each is a first play.</summary>
    private static PlayerOptions All(SnapshotOptions? snapshot) => new() { Closed = true, Load = Sessions, Snapshot = snapshot };

    private static bool IsOver(Workload workload, int tag, double share)
    {
        ref readonly Workflow workflow = ref workload.Workflows[workload.Nodes[tag].Workflow];
        return tag - workflow.FirstNode < (int)(workflow.NodeCount * share);
    }

    private static int[] FirstStarts(Workload workload, PlayerOptions options)
    {
        int[] first = Enumerable.Repeat(int.MaxValue, workload.Workflows.Length).ToArray();
        foreach (int tag in Play.With(workload, options, tag => 1 + tag % 7).Ended)
        {
            ref readonly Workflow workflow = ref workload.Workflows[workload.Nodes[tag].Workflow];
            first[workflow.Index] = Math.Min(first[workflow.Index], tag - workflow.FirstNode);
        }
        return first;
    }

    private static Workload Generated() => Generating.Load(new Nl2SqlProfile(), seed: 7, Sessions);

    private static Func<int, long> Time(Workload workload) =>
        tag => workload.Nodes[tag] is { Kind: NodeKind.Llm } call ? call.OutputTokens * 10_000_000L : workload.Nodes[tag].DurationNs;
}
