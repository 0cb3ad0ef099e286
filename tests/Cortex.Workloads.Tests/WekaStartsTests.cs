using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cortex.Testing;
using Xunit;

namespace Cortex.Workloads.Tests;

public sealed class WekaStartsTests
{
    private const string Sessions = "traces/weka-claude-code/sessions_v8_local.jsonl.gz";
    private const string Peer = "peers/aisimulate/weka20_w1_poly.csv.gz";

    /// <summary>Twenty real sessions as AISimulate released them: with its ends given, each release is the same to the nanosecond of its digits.</summary>
    [SharedFact(Sessions, Peer)]
    public void Releases_by_recorded_starts_are_those_of_the_peer()
    {
        Dictionary<(string Play, int Request), (long Release, long End)> peer = [];
        foreach (string[] row in Gzip.Lines(Shared.PathOf(Peer)).Skip(1).Select(line => line.Split(',')))
        {
            peer.Add((row[0], int.Parse(row[1].Split(':')[1], CultureInfo.InvariantCulture)), (Ns(row[4]), Ns(row[7])));
        }
        HashSet<string> plays = [.. peer.Keys.Select(key => key.Play)];
        string[] lines = [.. Gzip.Lines(Shared.PathOf(Sessions)).Select(line => JsonNode.Parse(line)!.AsObject()).Where(line => plays.Contains((string)line["id"]!)).Select(WithoutSubAgents)];
        Workload workload = TraceFile.Load(Encoding.UTF8.GetBytes(string.Join('\n', lines)), "weka20", new() { Starts = SessionStarts.Recorded });
        Assert.Equal(341, workload.Totals.Calls);
        Dictionary<int, (long Release, long End)> byTag = [];
        foreach (Workflow workflow in workload.Workflows)
        {
            int request = 0;
            for (int tag = workflow.FirstNode; tag < workflow.FirstNode + workflow.NodeCount; tag++)
            {
                if (workload.Nodes[tag].Kind == NodeKind.Llm)
                {
                    byTag.Add(tag, peer[(workflow.Id, request++)]);
                }
            }
        }
        Play play = Play.With(
            workload, new() { Closed = true, Load = 20 }, tag => byTag.TryGetValue(tag, out (long Release, long End) call) ? call.End - call.Release : workload.Nodes[tag].DurationNs);
        Assert.All(byTag, call => Assert.Equal(call.Value.Release, play.Started[call.Key]));
        Assert.Equal(126, play.Player.HeldBack);
        Play closed = Play.With(TraceFile.Load(Encoding.UTF8.GetBytes(string.Join('\n', lines)), "weka20"), new() { Closed = true, Load = 20 }, _ => 0);
        Assert.Equal(0, closed.Player.HeldBack);
    }

    [Fact]
    public void Requests_recorded_to_overlap_follow_each_other_at_once_and_are_counted()
    {
        const string Line = """{"id":"s","block_size":64,"hash_id_scope":"local","requests":[{"t":0,"in":64,"out":5,"api_time":9,"hash_ranges":[[1,1]]},{"t":5,"in":64,"out":5,"api_time":1,"hash_ranges":[[1,1]]}]}""";
        Workload workload = TraceFile.Load(Encoding.UTF8.GetBytes(Line), "s", new() { Starts = SessionStarts.Recorded });
        Assert.Equal(2, workload.NodeCount);
        Assert.Contains("requests recorded to begin before the one before had ended, taken as following it at once: 1", workload.Notes);
    }

    [Fact]
    public void A_sub_agent_counts_from_its_start_if_one_of_its_requests_would_come_before_it()
    {
        const string Request = """{"t":T,"type":"s","in":64,"out":5,"api_time":1,"think_time":0,"hash_ranges":[[1,1]]}""";
        long[] Starts(params string[] ofAgent)
        {
            string agent = """{"t":30,"type":"subagent","subagent_type":"Explore","requests":[""" + string.Join(',', ofAgent.Select(t => Request.Replace(":T,", $":{t},"))) + "]}";
            string line = """{"id":"s","block_size":64,"hash_id_scope":"local","requests":[""" + string.Join(',', Request.Replace(":T,", ":10,"), agent, Request.Replace(":T,", ":60,")) + "]}";
            Workload workload = TraceFile.Load(Encoding.UTF8.GetBytes(line), "s", new() { Starts = SessionStarts.Recorded });
            Play play = Play.With(workload, new() { Closed = true }, _ => 0);
            return [.. Enumerable.Range(0, workload.NodeCount).Where(tag => workload.Nodes[tag].Kind == NodeKind.Llm).Select(tag => play.Started[tag] / 1_000_000_000)];
        }
        Assert.Equal([0, 20, 25, 50], Starts("0", "5"));
        Assert.Equal([0, 21, 25, 50], Starts("31", "35"));
    }

    [Fact]
    public void Openings_of_equal_length_can_be_shared_between_sessions()
    {
        string Line(string id, int first) =>
            $$"""{"id":"{{id}}","block_size":64,"hash_id_scope":"local","tool_tokens":100,"system_tokens":60,"requests":[{"in":300,"out":5,"hash_ranges":[[{{first}},4]]},{"in":100,"out":5,"hash_ranges":[[{{first}},1]]}]}""";
        byte[] trace = Encoding.UTF8.GetBytes(Line("a", 1) + "\n" + Line("b", 7));
        Workload shared = TraceFile.Load(trace, "t", new() { ShareOpening = true });
        Assert.Equal([128, 128, 44], shared.Nodes[0].Prompt.Select(segment => segment.Length));
        Assert.Equal([64, 36], shared.Nodes[1].Prompt.Select(segment => segment.Length));
        Assert.Equal(shared.Nodes[0].Prompt[0], shared.Nodes[2].Prompt[0]);
        Assert.Equal(64 + 128 + 64, ReuseOracle.Measure(shared).ReusedTokens);
        Assert.Equal(64 + 64, ReuseOracle.Measure(TraceFile.Load(trace, "t")).ReusedTokens);
    }

    private static long Ns(string ms) => (long)(decimal.Parse(ms, CultureInfo.InvariantCulture) * 1_000_000);

    private static string WithoutSubAgents(JsonObject session)
    {
        JsonArray requests = session["requests"]!.AsArray();
        for (int i = requests.Count - 1; i >= 0; i--)
        {
            if (requests[i]!["requests"] is not null)
            {
                requests.RemoveAt(i);
            }
        }
        return session.ToJsonString(new JsonSerializerOptions());
    }
}
