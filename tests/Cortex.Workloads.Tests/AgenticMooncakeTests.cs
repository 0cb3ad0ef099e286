using Cortex.Policies;
using Xunit;

namespace Cortex.Workloads.Tests;

/// <summary>NVIDIA's request graphs: what of a play becomes of a workflow, and when its calls are released.</summary>
public sealed class AgenticMooncakeTests
{
    private const long Ms = 1_000_000;

    [Fact]
    public void Blocks_are_numbered_as_they_come_so_that_a_growing_prompt_is_one_segment()
    {
        Workload workload = Parse("local", Row("a", "p", 150, "[900000000001,18446744073709551615,7]"), Row("b", "p", 200, "[900000000001,18446744073709551615,7,3]"));
        StreamId blocks = workload.Nodes[0].Prompt[0].Stream;
        Assert.Equal([new Segment(blocks, 0, 150)], workload.Nodes[0].Prompt);
        Assert.Equal([new Segment(blocks, 0, 200)], workload.Nodes[1].Prompt);
        Assert.Equal((64, true, true), (workload.NativeBlock, workload.ChainedBlocks, workload.ClosedByDefault));
    }

    [Theory]
    [InlineData("local", 2)]
    [InlineData("global", 1)]
    public void Local_ids_mean_the_same_block_only_within_a_play(string scope, int streams)
    {
        Workload workload = Parse(scope, Row("a", "p", 64, "[5]"), Row("a", "q", 64, "[5]"), Row("b", "p", 64, "[5]"));
        Assert.Equal(["p", "q"], workload.Workflows.Select(workflow => workflow.Id));
        Assert.Equal([2, 1], workload.Workflows.Select(workflow => workflow.NodeCount));
        Assert.Equal(streams, workload.Nodes.Select(node => node.Prompt[0].Stream).Distinct().Count());
        Assert.Equal(workload.Nodes[0].Prompt, workload.Nodes[1].Prompt);
    }

    [Fact]
    public void A_prompt_and_its_blocks_may_differ_in_length_which_is_told()
    {
        Workload workload = Parse("global", Row("a", "p", 64, "[1,2]"), Row("b", "p", 130, "[1]"), Row("c", "p", 90, "[1]"), Row("d", "p", 9, "[]"));
        Assert.Equal([64, 130, 90, 9], workload.Nodes.Select(node => node.PromptTokens));
        Assert.Equal([1, 2, 2, 1], workload.Nodes.Select(node => node.Prompt.Length));
        Assert.Equal(
            [
                "blocks listed beyond the prompt's length were cut: 1 calls",
                "prompts longer than their listed blocks by a block or more, the rest is private: 1 calls",
                "key 'model' is not used: 4 calls",
            ],
            workload.Notes);
    }

    [Fact]
    public void A_call_is_released_after_what_it_waits_for_and_not_before_its_time()
    {
        Workload workload = Parse(
            "local",
            Row("a", "p", 64, "[1]"),
            Row("b", "p", 64, "[1]", """,{"request_id":"a","trigger":"completion","delay_ms":2.5,"relation":"sequence"}"""),
            Row("c", "p", 64, "[1]", """,{"request_id":"a"}""", notBefore: "100"),
            Row("d", "p", 64, "[1]", """,{"request_id":"b","delay_ms":1},{"request_id":"c","delay_ms":20}"""),
            Row("e", "p", 64, "[1]", notBefore: "7"));
        Assert.Equal([0, 12_500_000, 100 * Ms, 130 * Ms, 7 * Ms], Released(workload));
    }

    [Fact]
    public void A_dispatch_is_the_release_of_the_request_waited_for()
    {
        Workload workload = Parse(
            "local",
            Row("a", "p", 64, "[1]", notBefore: "30"),
            Row("b", "p", 64, "[1]", """,{"request_id":"a","trigger":"dispatch","delay_ms":4,"relation":"spawn"}"""),
            Row("c", "p", 64, "[1]", """,{"request_id":"b","trigger":"dispatch"},{"request_id":"a","trigger":"completion","delay_ms":1}"""),
            Row("d", "p", 64, "[1]", """,{"request_id":"b","trigger":"dispatch"}"""));
        Assert.Equal([30 * Ms, 34 * Ms, 41 * Ms, 34 * Ms], Released(workload));
    }

    [Fact]
    public void Requests_may_stand_before_what_they_wait_for()
    {
        Workload workload = Parse("local", Row("late", "p", 70, "[1,2]", """,{"request_id":"early","delay_ms":5}"""), Row("early", "p", 64, "[1]"));
        Assert.Equal([64, 70], Calls(workload).Select(tag => workload.Nodes[tag].PromptTokens));
        Assert.Equal([0, 15 * Ms], Released(workload));
    }

    [Fact]
    public void Users_take_one_play_after_the_other()
    {
        Workload workload = Parse("local", Row("a", "p", 64, "[1]", notBefore: "3"), Row("a", "q", 64, "[1]"), Row("a", "r", 64, "[1]"));
        Play play = Play.With(workload, new() { Closed = true, Load = 2 }, _ => 10 * Ms);
        Assert.Equal(2, play.MostInFlight);
        Assert.Equal([3 * Ms, 0, 10 * Ms], Calls(workload).Select(tag => play.Started[tag]));
    }

    [Theory]
    [InlineData("""{"hash_id_scope":"local","version":2,"block_size":64,"source":{"a":[1]},"schema":"dynamo.agentic_mooncake"}""")]
    [InlineData("""{"format":"x","requests":1,"schema":"dynamo.agentic_mooncake","version":2,"block_size":64,"hash_id_scope":"local"}""")]
    public void It_is_recognised_in_whatever_order_the_header_has_its_keys(string header) =>
        Assert.Equal("agentic-mooncake", Traces.Parse(header, Row("a", "p", 64, "[1]")).Format);

    [Theory]
    [InlineData("""{"schema":"dynamo.agentic_mooncake","version":1,"block_size":64,"hash_id_scope":"local"}""", "version 1; allowed: dynamo.agentic_mooncake, version 2")]
    [InlineData("""{"schema":"other","version":2,"block_size":64,"hash_id_scope":"local"}""", "schema is 'other'")]
    [InlineData("""{"schema":"dynamo.agentic_mooncake","version":2,"hash_id_scope":"local"}""", "block_size is missing")]
    [InlineData("""{"schema":"dynamo.agentic_mooncake","version":2,"block_size":0,"hash_id_scope":"local"}""", "block_size is 0; allowed: a whole number from 1")]
    [InlineData("""{"schema":"dynamo.agentic_mooncake","version":2,"block_size":64}""", "hash_id_scope is missing; allowed: local, global")]
    [InlineData("""{"schema":"dynamo.agentic_mooncake","version":2,"block_size":64,"hash_id_scope":"mine"}""", "hash_id_scope is 'mine'")]
    public void A_faulty_header_is_named(string header, string fault) => AssertFault(1, fault, () => Traces.Parse(header, Row("a", "p", 64, "[1]")));

    [Theory]
    [InlineData("""{"request_id":"b","play_id":"p","output_length":1,"hash_ids":[]}""", "input_length is missing")]
    [InlineData("""{"request_id":"b","input_length":1,"output_length":1,"hash_ids":[]}""", "play_id is missing")]
    [InlineData("""{"play_id":"p","input_length":1,"output_length":1,"hash_ids":[]}""", "request_id is missing")]
    [InlineData("""{"request_id":"b","play_id":"p","input_length":1,"output_length":1}""", "hash_ids is missing")]
    [InlineData("""{"request_id":"b","play_id":"p","input_length":1,"output_length":-1,"hash_ids":[]}""", "output_length is -1")]
    [InlineData("""{"request_id":"b","play_id":"p","input_length":1,"output_length":1,"hash_ids":[-1]}""", "a hash id is -1; allowed: a whole number from 0")]
    [InlineData("""{"request_id":"b","play_id":"p","input_length":1,"output_length":1,"hash_ids":[],"not_before_ms":-1}""", "not_before_ms is -1")]
    [InlineData("""{"request_id":"a","play_id":"p","input_length":1,"output_length":1,"hash_ids":[]}""", "a second request 'a' of play 'p'")]
    [InlineData("""{"request_id":"b","play_id":"p","input_length":1,"output_length":1,"hash_ids":[],"dependencies":[{"request_id":"z"}]}""", "a dependency is request 'z'; allowed: a request of the same play, 'p'")]
    [InlineData("""{"request_id":"b","play_id":"q","input_length":1,"output_length":1,"hash_ids":[],"dependencies":[{"request_id":"a"}]}""", "a dependency is request 'a'")]
    [InlineData("""{"request_id":"b","play_id":"p","input_length":1,"output_length":1,"hash_ids":[],"dependencies":[{"request_id":"b"}]}""", "waits, over others, for itself")]
    [InlineData("""{"request_id":"b","play_id":"p","input_length":1,"output_length":1,"hash_ids":[],"dependencies":[{"request_id":"a","trigger":"start"}]}""", "trigger is 'start'; allowed: dispatch, completion")]
    [InlineData("""{"request_id":"b","play_id":"p","input_length":1,"output_length":1,"hash_ids":[],"dependencies":[{"trigger":"dispatch"}]}""", "request_id of a dependency is missing")]
    [InlineData("""{"request_id":"b","play_id":"p","input_length":1,"output_length":1,"hash_ids":[],"dependencies":[{"request_id":"a","delay":1}]}""", "unknown key 'delay' in a dependency, the nearest is 'delay_ms'")]
    [InlineData("""{"request_id":"b","play_id":"p","input_length":1,"output_length":1,"hash_ids":[]}{}""", "no valid JSON")]
    public void A_faulty_row_is_named(string row, string fault) => AssertFault(3, fault, () => Parse("local", Row("a", "p", 64, "[1]"), row));

    private static void AssertFault(long line, string fault, Action read)
    {
        TraceException e = Assert.Throws<TraceException>(read);
        Assert.Equal(line, e.Line);
        Assert.Contains(fault, e.Message);
    }

    private static Workload Parse(string scope, params string[] rows) =>
        Traces.Parse([$$"""{"schema":"dynamo.agentic_mooncake","version":2,"block_size":64,"hash_id_scope":"{{scope}}"}""", .. rows]);

    /// <param name="after">Each dependency behind a comma.</param>
    private static string Row(string id, string play, int input, string ids, string after = "", string notBefore = "null") =>
        $$"""{"request_id":"{{id}}","play_id":"{{play}}","model":"m","input_length":{{input}},"output_length":3,"hash_ids":{{ids}},"""
        + $$"""
        "not_before_ms":{{notBefore}},"dependencies":[{{after.TrimStart(',')}}]}
        """;

    private static IEnumerable<int> Calls(Workload workload) =>
        Enumerable.Range(0, workload.NodeCount).Where(tag => workload.Nodes[tag].Kind == NodeKind.Llm);

    /// <summary>When each call is sent if all plays start at 0 and each call takes 10 ms.</summary>
    private static IEnumerable<long> Released(Workload workload)
    {
        Play play = Play.With(workload, new() { Closed = false }, _ => 10 * Ms);
        return Calls(workload).Select(tag => play.Started[tag]);
    }
}
