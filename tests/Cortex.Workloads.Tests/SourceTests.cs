using Cortex.Policies;
using Xunit;

namespace Cortex.Workloads.Tests;

/// <summary>What each source's rows become.</summary>
public sealed class SourceTests
{
    private const long Second = 1_000_000_000;
    private static readonly PlayerOptions Open = new() { Closed = false };

    [Fact]
    public void Bailian_turns_hang_below_their_parents_and_keep_their_times()
    {
        Workload workload = Traces.Parse(
            """{"chat_id":7,"parent_chat_id":-1,"timestamp":1.5,"input_length":40,"output_length":5,"type":"text","turn":1,"hash_ids":[900,901,902]}""",
            """{"chat_id":8,"parent_chat_id":-1,"timestamp":2,"input_length":16,"output_length":0,"type":"search","turn":1,"hash_ids":[900]}""",
            """{"chat_id":9,"parent_chat_id":7,"timestamp":11.5,"input_length":64,"output_length":6,"type":"text","turn":2,"hash_ids":[900,901,902,5]}""",
            """{"chat_id":10,"parent_chat_id":3,"timestamp":12,"input_length":20,"output_length":6,"type":"text","turn":4,"hash_ids":[44,45]}""");
        Assert.Equal("bailian", workload.Format);
        Assert.Equal([("7", 2), ("8", 1), ("10", 1)], workload.Workflows.Select(workflow => (workflow.Id, workflow.NodeCount)));
        Assert.Equal(["text", "search"], workload.Stages);
        Assert.Equal((16, true), (workload.NativeBlock, workload.ChainedBlocks));
        StreamId blocks = workload.Nodes[0].Prompt[0].Stream;
        Assert.Equal([new Segment(blocks, 0, 40)], workload.Nodes[0].Prompt);
        Assert.Equal([new Segment(blocks, 0, 64)], workload.Nodes[1].Prompt);
        Assert.Equal([1_500_000_000, 11_500_000_000, 2 * Second, 12 * Second], Play.With(workload, Open, _ => 60 * Second).Started);
        Assert.Equal([0, 70 * Second, 130 * Second, 190 * Second], Play.With(workload, new() { Closed = true }, _ => 60 * Second).Started);
        Assert.Contains("turns whose parent does not stand before them in the file, taken as first turns: 1", workload.Notes);
    }

    [Fact]
    public void BurstGpt_sessions_are_chains_and_failed_calls_are_counted()
    {
        Workload workload = Traces.Parse(
            "Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type",
            "5,a,2,ChatGPT,472,18,490,Conversation log", "6,b,1,GPT-4,10,0,10,Conversation log", "45.5,a,3,ChatGPT,1087,230,1317,Conversation log", "50,,1,GPT-4,8,9,17,API log");
        Assert.Equal("burstgpt", workload.Format);
        Assert.Equal([("a", 2), ("b", 1), ("2", 1)], workload.Workflows.Select(workflow => (workflow.Id, workflow.NodeCount)));
        Assert.Equal([5 * Second, 45_500_000_000, 6 * Second, 50 * Second], Play.With(workload, Open, _ => 100 * Second).Started);
        Assert.Equal(38_500_000_000, workload.Nodes[1].DelayNs);
        Assert.Contains("calls recorded as failed, with an output of 0: 1", workload.Notes);
        Assert.Equal(new TraceTotals(4, 1577, 257), workload.Totals);
        Assert.Equal("vidur", Traces.Parse("arrived_at,num_prefill_tokens,num_decode_tokens", "0.0,4808,10").Format);
    }

    [Fact]
    public void Vidur_lengths_without_arrivals_are_played_closed_loop()
    {
        Workload workload = Traces.Parse("num_prefill_tokens,num_decode_tokens,num_total_tokens,pd_ratio", "3772,54,3826,69.8", "15,6,21,2.5");
        Assert.Equal((true, null, new TraceTotals(2, 3787, 60)), (workload.ClosedByDefault, workload.Workflows[0].Arrival, workload.Totals));
    }

    [Fact]
    public void Mooncake_turns_follow_each_other_and_hold_whole_prompts()
    {
        Workload workload = Traces.Parse(
            """{"session_id":"s","timestamp":0,"input_length":600,"output_length":5,"hash_ids":[1,2]}""",
            """{"session_id":"t","timestamp":10,"input_length":100,"output_length":5,"hash_ids":[9]}""",
            """{"session_id":"s","delay":250,"input_length":1100,"output_length":6,"hash_ids":[1,3,4]}""",
            """{"timestamp":20,"input_length":100,"output_length":5,"hash_ids":[9]}""",
            """{"session_id":"t","timestamp":40,"input_length":200,"output_length":5,"hash_ids":[9]}""");
        Assert.Equal([("s", 2), ("t", 2), ("2", 1)], workload.Workflows.Select(workflow => (workflow.Id, workflow.NodeCount)));
        Assert.Equal([0, 260_000_000, 10_000_000, 50_000_000, 20_000_000], Play.With(workload, Open, _ => 10_000_000).Started);
        Assert.Equal([600, 1100, 100, 200, 100], workload.Nodes.Select(node => node.PromptTokens));
        Assert.Equal(["rows of later turns hold whole prompts", "delays taken from differences of timestamps, which hold the service of the turn before: 1"], workload.Notes);
    }

    [Theory]
    [InlineData(MooncakeTurns.Auto, 600 + 5 + 700)]
    [InlineData(MooncakeTurns.Delta, 600 + 5 + 700)]
    [InlineData(MooncakeTurns.Whole, 700)]
    public void Mooncake_deltas_are_found_from_their_rows(MooncakeTurns turns, int tokens)
    {
        byte[] trace = System.Text.Encoding.UTF8.GetBytes(
            """{"session_id":"s","timestamp":0,"input_length":600,"output_length":5,"hash_ids":[1,2]}"""
            + "\n" + """{"session_id":"s","delay":250,"input_length":700,"output_length":6,"hash_ids":[3,4]}""");
        Workload workload = TraceFile.Load(trace, "test", new() { Turns = turns });
        Assert.Equal(tokens, workload.Nodes[1].PromptTokens);
        if (turns != MooncakeTurns.Whole)
        {
            Assert.Equal([.. workload.Nodes[0].Prompt, new Segment(workload.Nodes[0].Output, 0, 5), new Segment(workload.Nodes[0].Prompt[0].Stream, 3 * 512, 700)], workload.Nodes[1].Prompt);
        }
    }

    [Fact]
    public void Mooncake_ticks_can_be_spread()
    {
        byte[] trace = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', new[] { 0, 0, 0, 1500, 9000, 9000 }
            .Select(ms => $$"""{"timestamp":{{ms}},"input_length":1,"output_length":1,"hash_ids":[1]}""")));
        Assert.Equal(
            [0, 500, 1000, 1500, 9000, 10_500],
            TraceFile.Load(trace, "test", new() { SpreadTicks = true }).Workflows.Select(workflow => workflow.Arrival!.Value.Ns / 1_000_000));
    }

    [Fact]
    public void Local_ids_can_be_taken_as_the_files()
    {
        byte[] trace = System.Text.Encoding.UTF8.GetBytes(
            """{"schema":"dynamo.agentic_mooncake","version":2,"block_size":64,"hash_id_scope":"local"}""" + string.Concat(new[] { "p", "q" }
            .Select(play => "\n" + $$"""{"request_id":"a","play_id":"{{play}}","input_length":64,"output_length":1,"hash_ids":[5]}""")));
        Assert.Equal(0, ReuseOracle.Measure(TraceFile.Load(trace, "test")).ReusedTokens);
        Assert.Equal(64, ReuseOracle.Measure(TraceFile.Load(trace, "test", new() { GlobalHashIds = true })).ReusedTokens);
    }

    [Fact]
    public void ThunderAgent_steps_are_a_chain_of_calls_and_tools()
    {
        Workload workload = Traces.Parse(
            """{"concurrency":4,"instance":"d","start_s":9,"env_prepare":{"start_s":1,"dur_s":2},"exit_status":null,"n_steps":3,"steps":[{"step":1,"llm":{"start_s":3.5,"dur_s":1},"tool":{"start_s":5,"dur_s":2},"observe":{"start_s":7,"dur_s":0.5},"input_tokens":100,"output_tokens":20,"prefill_s":0.25,"decode_s":0.75},{"step":2,"llm":{"start_s":7.75,"dur_s":1},"input_tokens":150,"output_tokens":5,"prefill_s":0.25,"decode_s":0.75},{"step":3,"llm":{"start_s":9,"dur_s":1}}]}""",
            """{"concurrency":4,"instance":"e","start_s":9,"env_prepare":{"start_s":0,"dur_s":2},"steps":[{"step":1,"llm":{"start_s":3.5,"dur_s":1},"input_tokens":70,"output_tokens":20,"prefill_s":0.25,"decode_s":0.75}]}""");
        Assert.Equal([("4/d", 3, "concurrency-4"), ("4/e", 1, "concurrency-4")], workload.Workflows.Select(workflow => (workflow.Id, workflow.NodeCount, workflow.Tenant)));
        Assert.Equal([3 * Second, Second / 2, Second / 4, 2 * Second], workload.Nodes.Select(node => node.DelayNs));
        Assert.Equal((2_500_000_000, 30), (workload.Nodes[1].DurationNs, workload.Nodes[1].OutputTokens));
        Assert.Equal([new(workload.Nodes[0].Output, 0, 20), new Segment(workload.Nodes[1].Output, 0, 30)], workload.Nodes[2].Prompt[^2..]);
        Assert.Equal(new Segment(workload.Nodes[3].Prompt[0].Stream, 0, 70), workload.Nodes[0].Prompt[0]);
        Assert.Contains("steps without token counts, left out: 1", workload.Notes);
    }

    [Fact]
    public void AgentCGroup_sub_agents_hang_below_the_tool_that_stands_for_them()
    {
        const string Call = """{"i":I,"history_parent":H,"sidechain":S,"model":"m","trigger":"t","t_ready_s":R,"t_first_event_s":R,"t_last_event_s":E,"input_tokens":IN,"output_tokens_logged":1,"output_tokens_estimated":10,"stop":null,"tools":[T]}""";
        string Make(int i, string parent, bool side, double ready, double end, int input, string tools) => Call.Replace("\"i\":I", $"\"i\":{i}").Replace("H,", parent + ",")
            .Replace(":S,", side ? ":true," : ":false,").Replace(":R,", $":{ready},").Replace(":E,", $":{end},").Replace(":IN,", $":{input},").Replace("[T]", $"[{tools}]");
        const string Bash = """{"name":"Bash","t_start_s":2,"t_end_s":5,"duration_s":3,"result_tokens_est":30,"error":true}""";
        const string Background = """{"name":"Bash","t_start_s":1.5,"t_end_s":90,"duration_s":88.5,"result_tokens_est":7,"error":false,"background":true}""";
        const string Task = """{"name":"Task","t_start_s":7,"t_end_s":20,"duration_s":13,"result_tokens_est":50,"error":false,"subagent":"x"}""";
        Workload workload = Traces.Parse("""{"set":"haiku","task":"t","attempt":"1","duration_s":30,"sandbox":{"mem_mb_max":100.5,"cpu_pct_max":250},"calls":[""" + string.Join(
            ',', Make(0, "null", false, 0, 2, 100, Bash + "," + Background), Make(1, "0", false, 5, 6, 150, Task), Make(2, "null", true, 7.5, 10, 40, ""), Make(3, "2", true, 12, 15, 60, ""),
            Make(4, "1", false, 20, 25, 190, "")) + "]}");
        // Order of nodes: call 0, its tools, call 1, calls 2 and 3 of the sub-agent, the tool that stands for it, call 4.
        Assert.Equal(
            [NodeKind.Llm, NodeKind.Tool, NodeKind.Tool, NodeKind.Llm, NodeKind.Llm, NodeKind.Llm, NodeKind.Tool, NodeKind.Llm], workload.Nodes.Select(node => node.Kind));
        Assert.Equal([[], [0], [0], [1], [3], [4], [5], [6]], Enumerable.Range(0, 8).Select(tag => workload.Dependencies(tag).ToArray()));
        Assert.Equal(5 * Second, workload.Nodes[6].DurationNs);
        Assert.Equal([100, 150, 40, 60, 190], workload.Nodes.Where(node => node.Kind == NodeKind.Llm).Select(node => node.PromptTokens));
        // Growth of call 1 is 40: 30 of the result and 10 unknown. Of call 4 it is 30, less than the result.
        Assert.Equal([10, 30, 10], workload.Nodes[3].Prompt[^3..].Select(segment => segment.Length));
        Assert.Equal([10, 30], workload.Nodes[7].Prompt[^2..].Select(segment => segment.Length));
        Assert.Equal("error", workload.Outcomes[workload.Nodes[1].Outcome]);
        Assert.True(workload.IsBackground(2));
        Assert.Contains("tools that were called before their call's end, played from its end: 1", workload.Notes);
    }

    [Fact]
    public void Hexgen_steps_run_side_by_side_where_the_stage_rule_says()
    {
        string[] steps = ["Information Retriever", "generate_candidate_llama-agent", "generate_candidate_llama-agent", "revise", "revise", "revise", "unit_tester", "evaluate", "evaluate"];
        Workload workload = Traces.Parse(
            """{"query":5,"calls":[""" + string.Join(',', steps.Select(step => $$"""{"step":"{{step}}","input_length":{{(step[0] == 'g' ? 9_500 : 301)}},"output_length":3}""")) + "]}",
            """{"query":5,"calls":[{"step":"revise","input_length":3000,"output_length":1}]}""");
        Assert.Equal([[], [0], [0], [1, 2], [1, 2], [3], [4, 5], [6], [6], []], Enumerable.Range(0, 10).Select(tag => workload.Dependencies(tag).ToArray()));
        Assert.Equal(["5", "5/1"], workload.Workflows.Select(workflow => workflow.Id));
        Assert.Equal([4, 93, 204], workload.Nodes[0].Prompt.Select(segment => segment.Length));
        Assert.Equal([9_066, 93, 341], workload.Nodes[1].Prompt.Select(segment => segment.Length));
        Assert.Equal(workload.Nodes[3].Prompt[0].Stream, workload.Nodes[9].Prompt[0].Stream);
    }

    [Fact]
    public void LlmServingSim_sessions_are_chains_and_token_ids_are_content()
    {
        string same = string.Join(',', Enumerable.Range(0, 16)), more = string.Join(',', Enumerable.Range(0, 40));
        Workload workload = Traces.Parse(
            $$"""{"session_id":"s1","arrival_time_ns":900,"sub_requests":[{"input_toks":20,"output_toks":4,"tool_duration_ns":70,"input_tok_ids":[{{same}},99,98,97,96]},{"input_toks":40,"output_toks":4,"tool_duration_ns":5,"input_tok_ids":[{{more}}]}]}""",
            """{"input_toks":9,"output_toks":4,"arrival_time_ns":100}""");
        Assert.Equal([("0", 100), ("s1", 900L)], workload.Workflows.Select(workflow => (workflow.Id, workflow.Arrival!.Value.Ns)));
        Assert.Equal([100, 900, 1900, 970 + 1000], Play.With(workload, Open, tag => workload.Nodes[tag].Kind == NodeKind.Tool ? 70 : 1000).Started);
        Assert.Equal((16, true), (workload.NativeBlock, workload.ChainedBlocks));
        Assert.Equal(16, ReuseOracle.Measure(workload).ReusedTokens);
        Assert.Equal([16, 4], workload.Nodes[1].Prompt.Select(segment => segment.Length));
    }

    [Theory]
    [InlineData("""{"chat_id":7,"parent_chat_id":-1,"timestamp":1,"input_length":40,"output_length":5,"type":"text","turn":1,"hash_ids":[1]}""", """{"chat_id":7,"parent_chat_id":-1,"timestamp":1,"input_length":40,"output_length":5,"type":"text","turn":1,"hash_ids":[1]}""", "a second row of chat_id 7")]
    [InlineData("""{"chat_id":7,"parent_chat_id":-1,"timestamp":1,"input_length":40,"output_length":5,"hash_ids":[1]}""", """{"chat_id":8,"parent_chat_id":-1,"timestamp":0,"input_length":40,"output_length":5,"hash_ids":[1]}""", "timestamp is earlier")]
    [InlineData("Timestamp,Model,Request tokens,Response tokens", "now,m,1,1", "Timestamp is 'now'")]
    [InlineData("Timestamp,Request tokens,Response tokens,Elapsed time", "1,1,1,soon", "Elapsed time is 'soon'")]
    [InlineData("arrived_at,num_prefill_tokens,num_decode_tokens", "-1,2,3", "arrived_at is '-1'")]
    [InlineData("""{"query":1,"calls":[{"step":"revise","input_length":3,"output_length":1}]}""", """{"query":2,"calls":[{"step":"revise","input_length":3}]}""", "a call lacks step, input_length or output_length")]
    [InlineData("""{"input_toks":9,"output_toks":4,"arrival_time_ns":1}""", """{"input_toks":9,"arrival_time_ns":1}""", "output_toks is missing")]
    [InlineData("""{"input_toks":9,"output_toks":4,"arrival_time_ns":1}""", """{"input_toks":9,"output_toks":1,"hash_ranges":[[0,1]]}""", "block_size is 0")]
    [InlineData("""{"concurrency":1,"instance":"a","steps":[{"llm":{"start_s":1,"dur_s":1}}]}""", """{"concurrency":1,"instance":"a","steps":[{"llm":{"start_s":1}}]}""", "llm lacks start_s or dur_s")]
    [InlineData("""{"task":"t","sandbox":{},"calls":[{"i":0,"history_parent":null,"input_tokens":5,"output_tokens_estimated":1,"tools":[]}]}""", """{"task":"t","sandbox":{},"calls":[{"i":0,"history_parent":0,"input_tokens":5,"output_tokens_estimated":1,"tools":[]}]}""", "call i 0 with history_parent 0")]
    [InlineData("""{"session_id":"s","timestamp":0,"input_length":6,"output_length":5,"hash_ids":[1]}""", """{"session_id":"t","delay":0,"input_length":6,"output_length":5,"hash_ids":[1]}""", "timestamp is missing in the first row of session 't'")]
    public void A_faulty_line_is_named(string first, string second, string fault)
    {
        TraceException e = Assert.Throws<TraceException>(() => Traces.Parse(first, second));
        Assert.Equal(2, e.Line);
        Assert.Contains(fault, e.Message);
        Assert.Contains("; allowed: ", e.Message);
    }
}
