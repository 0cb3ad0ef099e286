using System.Security.Cryptography;
using Cortex.Policies;
using Xunit;

namespace Cortex.Workloads.Tests;

public sealed class ReaderTests
{
    public static TheoryData<string> Extracts => [.. Traces.Extracts];

    [Theory]
    [MemberData(nameof(Extracts))]
    public void Gzip_is_recognised_by_content_and_the_hash_is_that_of_the_file(string extract)
    {
        byte[] plain = Traces.Bytes(extract);
        byte[] packed = Traces.Gzipped(plain);
        Workload fromPlain = TraceFile.Load(plain, "a/b/no-name");
        Workload fromPacked = TraceFile.Load(packed, "no-name");
        Assert.Equal(fromPlain.Totals, fromPacked.Totals);
        Assert.Equal(fromPlain.Nodes.SelectMany(node => node.Prompt), fromPacked.Nodes.SelectMany(node => node.Prompt));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(plain)), fromPlain.Sha256);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(packed)), fromPacked.Sha256);
        Assert.Equal("no-name", fromPlain.Source);
    }

    [Theory]
    [MemberData(nameof(Extracts))]
    public void Line_ends_blank_lines_and_a_byte_order_mark_do_not_matter(string extract)
    {
        string text = System.Text.Encoding.UTF8.GetString(Traces.Bytes(extract)).ReplaceLineEndings("\r\n").TrimEnd();
        byte[] dressed = [0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(text)];
        Assert.Equal(Traces.Load(extract).Totals, TraceFile.Load(dressed, "x").Totals);
        Assert.Equal(Traces.Load(extract).Totals, Traces.Parse("", text.Replace("\r\n", "\n\n"), "", "").Totals);
    }

    [Fact]
    public void Mooncake_blocks_become_runs_of_one_stream()
    {
        Workload workload = Traces.Parse(
            """{"timestamp": 27482, "input_length": 2000, "output_length": 500, "hash_ids": [7, 8, 9, 20]}""",
            """{"timestamp": 27482.5, "input_length": 512, "output_length": 0, "hash_ids": [7]}""");
        StreamId blocks = workload.Nodes[0].Prompt[0].Stream;
        Assert.Equal([new Segment(blocks, 7 * 512, 3 * 512), new Segment(blocks, 20 * 512, 2000 - 3 * 512)], workload.Nodes[0].Prompt);
        Assert.Equal([new Segment(blocks, 7 * 512, 512)], workload.Nodes[1].Prompt);
        Assert.Equal([new Instant(27_482_000_000), new Instant(27_482_500_000)], workload.Workflows.Select(workflow => workflow.Arrival!.Value));
        Assert.Equal(1, workload.Nodes[1].OutputTokens);
        Assert.Equal(["zero-length outputs counted as 1: 1"], workload.Notes);
        Assert.Equal(3, workload.Nodes.Select(node => node.Output).Append(blocks).Distinct().Count());
    }

    [Fact]
    public void Azure_keeps_every_digit_and_starts_at_zero()
    {
        Workload workload = Traces.Parse(
            "TIMESTAMP,ContextTokens,GeneratedTokens", "2023-11-16 23:59:59.9799601,374,44", "2023-11-17 00:00:00.0000000,396,109", "2023-11-17 00:00:00,8,9");
        Assert.Equal([0L, 20_039_900L, 20_039_900L], workload.Workflows.Select(workflow => workflow.Arrival!.Value.Ns));
        Assert.Equal([374, 396, 8], workload.Nodes.Select(node => node.PromptTokens));
    }

    [Theory]
    [InlineData("0.1700100478791335", 170_010_048)]
    [InlineData("8.629158", 8_629_158_000)]
    [InlineData("0.0000000005", 0)]
    [InlineData("0.0000000015", 2)]
    [InlineData("0.0000000025", 2)]
    [InlineData("0.00000000250000001", 3)]
    [InlineData("5e-05", 50_000)]
    [InlineData("4102.123456789012", 4_102_123_456_789)]
    public void Seconds_become_nanoseconds_half_to_even_from_the_digits_as_written(string seconds, long ns)
    {
        Workload workload = Traces.Parse("id,arrived_at,prompt_tokens,output_tokens", $"abc,{seconds},5,6", $"1,{seconds},5,6");
        Assert.Equal([ns, ns], workload.Workflows.Select(workflow => workflow.Arrival!.Value.Ns));
        Assert.Equal(["abc", "1"], workload.Workflows.Select(workflow => workflow.Id));
    }

    [Fact]
    public void Columns_are_found_by_name()
    {
        Workload workload = Traces.Parse("output_tokens,id,note,prompt_tokens,arrived_at", "6,\"a,b\",x,5,0.5");
        Assert.Equal(new TraceTotals(1, 5, 6), workload.Totals);
        Assert.Equal("a,b", workload.Workflows[0].Id);
    }

    [Fact]
    public void Agentflow_streams_are_shared_as_their_letters_say()
    {
        Workload workload = Traces.Agentflow(
            """{"n":0,"kind":"llm","prompt":[["g:sys",0,50],["u:0",0,9],["x:a",0,4]],"out":3},{"n":1,"kind":"llm","base":0,"deps":[0],"add":[["u:0",9,1]],"out":1}""",
            """{"n":0,"kind":"llm","stage":"s","prompt":[["g:sys",0,50],["u:0",0,9],["x:a",0,4]],"out":3}""");
        Segment[] first = workload.Nodes[0].Prompt;
        Segment[] other = workload.Nodes[2].Prompt;
        Assert.Equal(first[0], other[0]);
        Assert.NotEqual(first[1].Stream, other[1].Stream);
        Assert.NotEqual(first[2].Stream, other[2].Stream);
        Assert.Equal([.. first, new Segment(workload.Nodes[0].Output, 0, 3), new Segment(first[1].Stream, 9, 1)], workload.Nodes[1].Prompt);
        Assert.Equal(["llm", "s"], workload.Stages);
        Assert.Equal(1_000_000, workload.Workflows[1].Arrival!.Value.Ns);
        Assert.Equal(0, workload.ProducerOf(workload.Nodes[0].Output));
        Assert.Equal(-1, workload.ProducerOf(first[1].Stream));
    }

    [Fact]
    public void A_stream_that_the_header_lists_is_shared_even_if_it_is_known_by_id_only()
    {
        const string Node = """{"n":0,"kind":"llm","prompt":[["x:doc",0,50]],"out":3}""";
        Workload workload = Traces.Parse(
            """{"format":"agentflow","version":1,"replay":"closed","streams":{"x:doc":{}}}""",
            $$"""{"id":"a","arrival":null,"nodes":[{{Node}}]}""", $$"""{"id":"b","nodes":[{{Node}}],"priority":-3,"class":"c"}""");
        Assert.Equal(workload.Nodes[0].Prompt, workload.Nodes[1].Prompt);
        Assert.Null(workload.Workflows[0].Arrival);
        Assert.Equal((-3, "c"), (workload.Workflows[1].Priority, workload.Workflows[1].Class));
        Assert.True(workload.ClosedByDefault);
    }
}
