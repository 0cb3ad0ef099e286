using Cortex.Policies;
using Xunit;

namespace Cortex.Workloads.Tests;

public sealed class WekaLayoutTests
{
    [Fact]
    public void Gaps_become_tools_or_people_and_sub_agents_become_lanes()
    {
        Workload workload = Session("local", [
            Request(think: 0, "text", "[1,2]", prompt: 130),
            """{"t":9,"type":"subagent","requests":[""" + Request(0, "text", "[9,1]", 64) + "," + Request(2, "tool_result", "[9,1]", 64) + "]}",
            """{"t":9.5,"type":"subagent","requests":[""" + Request(0, "text", "[9,1]", 64) + "]}",
            Request(12.5, "tool_result", "[1,3]", 200),
            Request(60, "text", "[1,3]", 200),
        ]);
        // 0 call; sub-agent 1, tool 2, 3; sub-agent 4; tool 5, call 6; person 7, call 8
        Assert.Equal("LLTLLTLHL", string.Concat(workload.Nodes.Select(node => node.Kind.ToString()[0])));
        Assert.Equal(["", "0", "1", "2", "0", "0", "5,3,4", "6", "7"], Enumerable.Range(0, 9).Select(tag => string.Join(',', workload.Dependencies(tag).ToArray())));
        Assert.Equal([0, 0, 2_000_000_000, 0, 0, 12_500_000_000, 0, 60_000_000_000, 0], workload.Nodes.Select(node => node.DurationNs));
        Assert.Equal(["main", "sub-agent", "tool", "human"], workload.Stages);
        Assert.True(workload.ClosedByDefault);
    }

    [Fact]
    public void Without_a_gap_a_call_follows_the_one_before_directly()
    {
        Workload workload = Session("local", [Request(0, "text", "[1,2]", 128), Request(0, "", "[1,2]", 128)]);
        Assert.Equal([0], workload.Dependencies(1).ToArray());
        Assert.Equal(2, workload.NodeCount);
    }

    [Theory]
    [InlineData("local", false)]
    [InlineData("global", true)]
    public void Ids_are_shared_between_sessions_only_if_their_scope_is_global(string scope, bool shared)
    {
        string line = Line(scope, [Request(0, "text", "[5,2],[9,1]", 200)]);
        Workload workload = Traces.Parse(line, line);
        Segment[] first = workload.Nodes[0].Prompt;
        Segment[] second = workload.Nodes[1].Prompt;
        Assert.Equal([(320, 128), (576, 64), (0, 8)], first.Select(segment => (segment.Offset, segment.Length)));
        Assert.Equal(shared, first[0] == second[0]);
        Assert.NotEqual(first[2].Stream, second[2].Stream);
        Assert.NotEqual(first[2].Stream, first[0].Stream);
    }

    [Fact]
    public void What_the_blocks_do_not_match_is_cut_or_private_and_told()
    {
        Workload workload = Session("local", [Request(0, "text", "[1,4]", 100), Request(0, "text", "[1,1]", 1000)]);
        Assert.Equal([100, 1000], workload.Nodes.Select(node => node.Prompt.Sum(segment => segment.Length)));
        Assert.Equal(2, workload.Notes.Length);
    }

    private static Workload Session(string scope, string[] entries) => Traces.Parse(Line(scope, entries));

    private static string Line(string scope, string[] entries) =>
        $$"""{"id":"s","requests":[{{string.Join(',', entries)}}],"block_size":64,"hash_id_scope":"{{scope}}"}""";

    private static string Request(double think, string type, string ranges, int prompt) => FormattableString.Invariant(
        $$"""{"in":{{prompt}},"out":7,"input_types":[{{(type.Length > 0 ? $"\"{type}\"" : "")}}],"think_time":{{think}},"hash_ranges":[{{ranges}}]}""");
}
