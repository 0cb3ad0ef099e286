using Cortex.Policies;
using Xunit;

namespace Cortex.Workloads.Tests;

/// <summary>NVIDIA's request graphs without a header.</summary>
public sealed class AgenticMooncakeV1Tests
{
    private const long Ms = 1_000_000;
    private const string Root = """{"request_id":"a","session_id":"s","input_length":150,"output_length":3,"hash_ids":[4,5,6],"timestamp":1000}""";

    [Fact]
    public void Requests_that_hang_together_are_a_workflow_and_waits_add_up()
    {
        Workload workload = Traces.Parse(
            Root,
            """{"request_id":"z","input_length":64,"output_length":3,"hash_ids":[4],"timestamp":500}""",
            """{"request_id":"c","input_length":200,"output_length":3,"hash_ids":[4,5,6,7],"wait_for":["a","b"],"delay":5,"tool_wait_ms":20}""",
            """{"request_id":"b","input_length":10,"output_length":3,"hash_ids":[9],"timestamp":1007,"wait_for":[],"tool_wait_ms":null}""",
            """{"request_id":"d","input_length":64,"output_length":3,"hash_ids":[4],"timestamp":9,"wait_for":["c"],"delay_ms":0.5}""");
        Assert.Equal("agentic-mooncake-v1", workload.Format);
        Assert.Equal([("z", 500 * Ms), ("a", 1000 * Ms)], workload.Workflows.Select(workflow => (workflow.Id, workflow.Arrival!.Value.Ns)));
        Assert.Equal((64, true, false), (workload.NativeBlock, workload.ChainedBlocks, workload.ClosedByDefault));
        Assert.Equal(["block size taken from the rows: 64", "key 'session_id' is not used: 1 calls"], workload.Notes);
        int[] calls = [.. Enumerable.Range(0, workload.NodeCount).Where(tag => workload.Nodes[tag].Kind == NodeKind.Llm)];
        Assert.Equal([64, 150, 10, 200, 64], calls.Select(tag => workload.Nodes[tag].PromptTokens));
        Play play = Play.With(workload, new() { Closed = false }, tag => calls.Contains(tag) ? 10 * Ms : workload.Nodes[tag].DurationNs);
        Assert.Equal([500 * Ms, 1000 * Ms, 1007 * Ms, 1042 * Ms, 1_052_500_000], calls.Select(tag => play.Started[tag]));
        Assert.Equal([new Segment(workload.Nodes[calls[0]].Prompt[0].Stream, 0, 64)], workload.Nodes[calls[0]].Prompt);
        Assert.Equal(20 * Ms, Assert.Single(workload.Nodes, node => node.Kind == NodeKind.Tool).DurationNs);
    }

    [Theory]
    [InlineData("""{"request_id":"b","input_length":64,"output_length":1,"hash_ids":[4]}""", "timestamp is missing")]
    [InlineData("""{"request_id":"b","input_length":64,"output_length":1,"timestamp":4}""", "hash_ids is missing")]
    [InlineData("""{"input_length":64,"output_length":1,"hash_ids":[4],"timestamp":4}""", "request_id is missing")]
    [InlineData("""{"request_id":"b","input_length":4000,"output_length":1,"hash_ids":[4],"timestamp":4}""", "1 hash_ids for input_length 4000 fit no block size")]
    [InlineData("""{"request_id":"b","input_length":64,"output_length":1,"hash_ids":[4],"wait_for":["q"]}""", "a dependency is request 'q'")]
    [InlineData("""{"request_id":"b","input_length":64,"output_length":1,"hash_ids":[4],"wait_for":["b"]}""", "waits, over others, for itself")]
    [InlineData("""{"request_id":"a","input_length":64,"output_length":1,"hash_ids":[4],"timestamp":4}""", "a second request 'a'")]
    [InlineData("""{"request_id":"b","input_length":64,"output_length":1,"hash_ids":[4],"wait_for":[1]}""", "an element of wait_for is 1")]
    [InlineData("""{"request_id":"b","input_length":64,"output_length":1,"hash_ids":[4],"wait_for":["a"],"delay":-1}""", "delay is -1")]
    public void A_faulty_row_is_named(string row, string fault)
    {
        TraceException e = Assert.Throws<TraceException>(() => Traces.Parse(Root, row));
        Assert.Equal(2, e.Line);
        Assert.Contains(fault, e.Message);
    }
}
