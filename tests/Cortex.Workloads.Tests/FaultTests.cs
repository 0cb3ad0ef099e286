using System.Globalization;
using System.Text;
using Cortex.Policies.Random;
using Xunit;

namespace Cortex.Workloads.Tests;

public sealed class FaultTests
{
    private const string Mooncake = """{"timestamp": 5, "input_length": 600, "output_length": 5, "hash_ids": [1, 2]}""";
    private const string Weka = """{"id":"s","block_size":64,"hash_id_scope":"local","requests":[{"in":64,"out":5,"hash_ranges":[[1,1]]}]}""";
    private const string List = "id,arrived_at,prompt_tokens,output_tokens";
    private const string Azure = "TIMESTAMP,ContextTokens,GeneratedTokens";
    private const string Node = """{"n":0,"kind":"llm","prompt":[["u:0",0,9]],"out":3}""";

    [Theory]
    [InlineData(Mooncake, """{"timestamp": 4, "input_length": 600, "output_length": 5, "hash_ids": [1, 2]}""", "timestamp is earlier")]
    [InlineData(Mooncake, """{"timestamp": 6, "input_length": 600, "output_length": 5, "hash_ids": [1]}""", "1 hash_ids for input_length 600; allowed: 2")]
    [InlineData(Mooncake, """{"timestamp": 6, "input_length": 600, "output_length": 5, "hash_ids": [1, -2]}""", "a hash id is -2")]
    [InlineData(Mooncake, """{"timestamp": 6, "input_length": 600, "output_length": 5, "hash_ids": [1, 5000000]}""", "a hash id is 5000000")]
    [InlineData(Mooncake, """{"timestamp": 6, "input_length": 600, "output_length": 5, "hash_ids": 7}""", "hash_ids is 7; allowed: a list")]
    [InlineData(Mooncake, """{"timestamp": 6, "input_length": 0, "output_length": 5, "hash_ids": []}""", "input_length is 0; allowed: a whole number from 1")]
    [InlineData(Mooncake, """{"timestamp": 6, "input_length": 9999999999, "output_length": 5, "hash_ids": []}""", "input_length is 9999999999")]
    [InlineData(Mooncake, """{"timestamp": 6, "input_length": 1.5, "output_length": 5, "hash_ids": []}""", "input_length is 1.5")]
    [InlineData(Mooncake, """{"timestamp": -6, "input_length": 1, "output_length": 5, "hash_ids": [1]}""", "timestamp is -6; allowed: a number of 0 or more")]
    [InlineData(Mooncake, """{"timestamp": 1e300, "input_length": 1, "output_length": 5, "hash_ids": [1]}""", "timestamp is 1e300")]
    [InlineData(Mooncake, """{"timestamp": "6", "input_length": 1, "output_length": 5, "hash_ids": [1]}""", "timestamp is the text '6'")]
    [InlineData(Mooncake, """{"timestamp": 6, "output_length": 5, "hash_ids": [1]}""", "input_length is missing")]
    [InlineData(Mooncake, """{"timestamp": 6, "input_len": 1, "output_length": 5, "hash_ids": [1]}""", "unknown key 'input_len' in a Mooncake row, the nearest is 'input_length'")]
    [InlineData(Mooncake, """{"timestamp": 6, "input_length": 1,""", "no valid JSON")]
    [InlineData(Mooncake, """{"timestamp": 6, "input_length": 1, "output_length": 5, "hash_ids": [1]} {}""", "no valid JSON")]
    [InlineData(Mooncake, "[]", "the line is a list")]
    [InlineData(Weka, """{"id":"s","block_size":64,"hash_id_scope":"mine","requests":[]}""", "hash_id_scope is 'mine'; allowed: local, global")]
    [InlineData(Weka, """{"id":"s","block_size":16,"hash_id_scope":"local","requests":[{"in":1,"out":5,"hash_ranges":[]}]}""", "block_size is 16")]
    [InlineData(Weka, """{"id":"s","block_size":64,"hash_id_scope":"local","requests":[]}""", "requests is missing or empty")]
    [InlineData(Weka, """{"id":"s","block_size":64,"hash_id_scope":"local","requests":[{"in":64,"hash_ranges":[[1,1]]}]}""", "out is missing")]
    [InlineData(Weka, """{"id":"s","block_size":64,"hash_id_scope":"local","requests":[{"in":64,"out":1,"hash_ranges":[[1]]}]}""", "not a pair")]
    [InlineData(Weka, """{"id":"s","block_size":64,"hash_id_scope":"local","requests":[{"in":64,"out":1,"hash_ranges":[[1,2147483647]]}]}""", "hash_ranges go to id 2147483647")]
    [InlineData(Weka, """{"id":"s","block_size":64,"hash_id_scope":"local","requests":[{"in":64,"out":1,"think_time":-1,"hash_ranges":[[1,1]]}]}""", "think_time is -1")]
    [InlineData(List, "0,-1,5,6", "arrived_at is '-1'; allowed: seconds")]
    [InlineData(List, "0,1,5", "3 fields; allowed: 4")]
    [InlineData(List, "0,1,0,6", "prompt_tokens is '0'")]
    [InlineData(List, "0,1,5,-6", "output_tokens is '-6'")]
    [InlineData(List, "0,1,5,6000000000", "output_tokens is '6000000000'")]
    [InlineData(List, "0,soon,5,6", "arrived_at is 'soon'")]
    [InlineData(List, "0,1\"2,5,6", "a quotation mark stands within a field")]
    [InlineData(Azure, "2023-11-16,374,44", "TIMESTAMP is '2023-11-16'")]
    [InlineData(Azure, "2023-11-16 18:15:46.6805900,many,44", "ContextTokens is 'many'")]
    public void A_faulty_line_is_named(string first, string second, string fault)
    {
        TraceException e = Assert.Throws<TraceException>(() => Traces.Parse(first, second));
        Assert.Equal(2, e.Line);
        Assert.StartsWith("test:2: ", e.Message);
        Assert.Contains(fault, e.Message);
        Assert.Contains("; allowed: ", e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData("""{"n":1,"kind":"llm","prompt":[["u:0",0,9]],"out":3}""", "n is 1; allowed: 0")]
    [InlineData("""{"kind":"llm","prompt":[["u:0",0,9]],"out":3}""", "n is missing")]
    [InlineData("""{"n":0,"prompt":[["u:0",0,9]],"out":3}""", "kind is missing")]
    [InlineData("""{"n":0,"kind":"agent"}""", "kind is 'agent'; allowed: llm, tool, human")]
    [InlineData("""{"n":0,"kind":"llm","prompt":[["u:0",0,9]]}""", "out is missing")]
    [InlineData("""{"n":0,"kind":"llm","out":3}""", "no prompt")]
    [InlineData("""{"n":0,"kind":"tool"}""", "dur is missing")]
    [InlineData("""{"n":0,"kind":"tool","dur":1,"deps":[0]}""", "an element of deps is 0; allowed: an earlier node")]
    [InlineData("""{"n":0,"kind":"llm","promt":[["u:0",0,9]],"out":3}""", "unknown key 'promt' in a node, the nearest is 'prompt'")]
    [InlineData("""{"n":0,"kind":"llm","prompt":[["u:0",0,9]],"out":3,"after_start":[{"node":0}]}""", "node of after_start is 0; allowed: an earlier node")]
    [InlineData("""{"n":0,"kind":"llm","prompt":[["u:0",0,9]],"out":3,"after_start":[{"delay":1}]}""", "an element of after_start lacks node")]
    [InlineData("""{"n":0,"kind":"llm","prompt":[["u:0",0,9]],"out":3,"reason":4}""", "reason is 4 in node 0; allowed: at most 3")]
    [InlineData("""{"n":0,"kind":"llm","prompt":[["u:0",0,9]],"out":3,"emits":[[0,1]]}""", "emits of node 0 names node 0; allowed: a tool node that depends on node 0")]
    [InlineData("""{"n":0,"kind":"llm","prompt":[["u:0",0,9]],"out":3,"emits":[[1]]}""", "an element of emits is not a pair")]
    [InlineData("""{"n":0,"kind":"llm","prompt":[["u:0",0,9]],"out":3,"alt":[{"out":4}]}""", "names neither model nor budget")]
    [InlineData("""{"n":0,"kind":"llm","prompt":[["u:0",0,9]],"out":3,"guess":{"is":"ok"}}""", "guess lacks right")]
    [InlineData("""{"n":0,"kind":"llm","prompt":[["u:0",0,9]],"out":3,"delay":-5}""", "delay is -5; allowed: a number of 0 or more")]
    [InlineData("""{"n":0,"kind":"tool","dur":1,"effect":"none"}""", "effect is 'none'; allowed: pure, idempotent, write")]
    [InlineData("""{"n":0,"kind":"tool","dist":"grep"}""", "dist is 'grep' in node 0; allowed: a tool of the header")]
    [InlineData("""{"n":0,"kind":"tool","dist":{"shape":"lognormal","mean":3}}""", "dist of shape 'lognormal' has the wrong parameters")]
    [InlineData("""{"n":0,"kind":"tool","dur":1,"obs":{"tft":1}}""", "unknown key 'tft' in obs, the nearest is 'ttft'")]
    [InlineData("""{"n":0,"kind":"tool","dur":1,"background":1}""", "background is 1; allowed: true, false")]
    [InlineData("""{"n":0,"kind":"llm","prompt":[["q:0",0,9]],"out":3}""", "stream 'q:0'")]
    [InlineData("""{"n":0,"kind":"llm","prompt":[["o:0",0,9]],"out":3}""", "stream 'o:0' of node 0; allowed: an earlier llm node")]
    [InlineData("""{"n":0,"kind":"llm","prompt":[["g:sys",450,51]],"out":3}""", "ends at 501; allowed: at most 500")]
    [InlineData("""{"n":0,"kind":"llm","prompt":[["u:0",0]],"out":3}""", "not a triple")]
    [InlineData("""{"n":0,"kind":"llm","prompt":[["u:0",0,2000000000],["u:1",0,2000000000]],"out":3}""", "4000000000 tokens")]
    [InlineData(Node + """,{"n":1,"kind":"llm","base":1,"out":3}""", "base is 1 in node 1")]
    [InlineData(Node + """,{"n":1,"kind":"llm","base":0,"prompt":[],"out":3}""", "prompt and base")]
    [InlineData(Node + """,{"n":1,"kind":"llm","prompt":[["o:0",0,4]],"out":3}""", "ends at 4; allowed: at most 3")]
    [InlineData(Node + """,{"n":1,"kind":"tool","dur":1,"when":[{"node":0}]}""", "lacks node or is")]
    [InlineData(Node + """,{"n":1,"kind":"tool","dur":1,"when":[{"node":0,"iz":["ok"]}]}""", "unknown key 'iz' in a condition of when")]
    [InlineData("""{"n":0,"kind":"llm","prompt":[["u:0",0,9]],"out":3,"out":5}""", "key 'out' stands twice in a node; allowed: each key once")]
    [InlineData("""{"n":0,"kind":"llm","prompt":[["u:0",0,9]],"out":3,"\u006fut":5}""", "key 'out' stands twice in a node")]
    [InlineData("""{"n":0,"kind":"tool","dur":1,"obs":{"ttft":1,"e2e":2,"ttft":1}}""", "key 'ttft' stands twice in obs")]
    [InlineData(Node + """,{"n":1,"kind":"tool","dur":1,"when":[{"node":0,"is":["ok"]},{"node":0,"is":["ok"],"node":0}]}""", "key 'node' stands twice in a condition of when")]
    public void A_faulty_node_is_named(string nodes, string fault)
    {
        TraceException e = Assert.Throws<TraceException>(() => Traces.Agentflow(Node, nodes));
        Assert.Equal(3, e.Line);
        Assert.Contains(fault, e.Message);
    }

    [Theory]
    [InlineData("""{"format":"agentflow","version":2,"replay":"open"}""", "version is 2; allowed: 1")]
    [InlineData("""{"format":"agentflow","version":2,"replays":{}}""", "version is 2; allowed: 1")]
    [InlineData("""{"format":"agentflow","version":2}""", "version is 2; allowed: 1")]
    [InlineData("""{"format":"agentflow"}""", "version is missing; allowed: 1")]
    [InlineData("""{"format":"agentflow","version":1}""", "replay is missing; allowed: closed, open")]
    [InlineData("""{"format":"other","version":1,"replay":"open"}""", "format is 'other'")]
    [InlineData("""{"format":"agentflow","versoin":1,"replay":"open"}""", "the nearest is 'version'")]
    [InlineData("""{"format":"agentflow","version":1,"replay":"open","programs":{"c":{"stages":[{"name":"a","kind":"llm","next":[{"stage":"b","prior":1}]}]}}}""", "program 'c' branches to 'b'; allowed: one of its stages: a")]
    [InlineData("""{"format":"agentflow","version":1,"replay":"open","programs":{"c":{"stages":[{"name":"a","kind":"llm","next":[{"stage":"a","prior":1.5}]}]}}}""", "prior is 1.5; allowed: a number from 0 to 1")]
    [InlineData("""{"format":"agentflow","version":1,"replay":"open","programs":{"c":{"stages":[{"name":"a"}]}}}""", "a stage lacks name or kind")]
    [InlineData("""{"format":"agentflow","version":1,"replay":"open","streams":{"g:a":{"token":5}}}""", "unknown key 'token' in a stream of the header, the nearest is 'tokens'")]
    [InlineData("""{"format":"agentflow","version":1,"replay":"open","replay":"closed"}""", "key 'replay' stands twice in the line; allowed: each key once")]
    [InlineData("""{"format":"agentflow","version":1,"replay":"open","streams":{"g:a":{"tokens":5},"g:b":{"tokens":5},"g:a":{"tokens":6}}}""", "key 'g:a' stands twice in streams")]
    [InlineData("""{"format":"agentflow","version":1,"replay":"open","databases":{"d":"a","d":"b"}}""", "key 'd' stands twice in databases")]
    [InlineData("""{"format":"agentflow","version":1,"replay":"open","programs":{"c":{"stages":[]},"c":{"stages":[]}}}""", "key 'c' stands twice in programs")]
    public void A_faulty_header_is_named(string header, string fault)
    {
        TraceException e = Assert.Throws<TraceException>(() => Traces.Parse(header));
        Assert.Equal(1, e.Line);
        Assert.Contains(fault, e.Message);
    }

    [Theory]
    [InlineData("""{"id":"a","arrival":500,"nodes":[NODE]}""", "arrival is earlier")]
    [InlineData("""{"id":"a","nodes":[]}""", "nodes is missing or empty")]
    [InlineData("""{"id":"a","node":[NODE]}""", "unknown key 'node' in a workflow, the nearest is 'nodes'")]
    [InlineData("""{"id":"a","slo":{"tftt":1},"nodes":[NODE]}""", "unknown key 'tftt' in slo, the nearest is 'ttft'")]
    [InlineData("""{"id":"\ud800","nodes":[NODE]}""", "half a surrogate pair")]
    [InlineData("""{"id":"a","arrival":2000,"id":"b","nodes":[NODE]}""", "key 'id' stands twice in the line; allowed: each key once")]
    [InlineData("""{"id":"a","nodes":[NODE],"slo":{"ttft":1,"ttft":2}}""", "key 'ttft' stands twice in slo")]
    public void A_faulty_workflow_is_named(string line, string fault)
    {
        string good = $$"""{"id":"w","arrival":1000,"nodes":[{{Node}}]}""";
        TraceException e = Assert.Throws<TraceException>(() => Traces.Parse(Traces.AgentflowHeader, good, line.Replace("NODE", Node)));
        Assert.Equal(3, e.Line);
        Assert.Contains(fault, e.Message);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("\n \n", "the file is empty")]
    [InlineData("hello\n", "the format is not recognised")]
    [InlineData("{\"a\":1}\n", "the format is not recognised")]
    [InlineData("{\n", "no valid JSON")]
    [InlineData(Azure, "the trace holds no workflow")]
    [InlineData("id,arrived_at,prompt_tokens\n", "column output_tokens is missing")]
    public void A_file_that_is_no_trace_is_told(string content, string fault) =>
        Assert.Contains(fault, Assert.Throws<TraceException>(() => TraceFile.Load(Encoding.UTF8.GetBytes(content), "test")).Message);

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        string absent = Path.Combine(AppContext.BaseDirectory, "no-such-trace.jsonl");
        Assert.Equal($"{absent}: there is no such file; allowed: the path of a trace", Assert.Throws<TraceException>(() => TraceFile.Load(absent)).Message);
        Assert.Throws<TraceException>(() => TraceFile.Load(AppContext.BaseDirectory));
    }

    [Theory]
    [InlineData("mooncake.jsonl")]
    [InlineData("azure.csv")]
    public void Gzip_data_that_end_too_early_are_told(string extract)
    {
        byte[] packed = Traces.Gzipped(Traces.Bytes(extract));
        for (int length = 2; length < packed.Length; length++)
        {
            Assert.Contains("gzip data are damaged or end too early", Assert.Throws<TraceException>(() => TraceFile.Load(packed[..length], "test")).Message);
        }
    }

    [Fact]
    public void Gzip_data_that_end_within_a_block_are_told_whatever_unpacking_makes_of_them()
    {
        RandomStream random = new(1, "rows");
        StringBuilder rows = new("id,arrived_at,prompt_tokens,output_tokens\n");
        for (int id = 0; id < 3_000; id++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"{id},{id},{1 + random.NextInt(9_000)},{1 + random.NextInt(900)}\n");
        }
        byte[] packed = Traces.Gzipped(Encoding.ASCII.GetBytes(rows.ToString()));
        for (int length = 12; length < packed.Length; length += 97)
        {
            Assert.Contains("gzip data are damaged or end too early", Assert.Throws<TraceException>(() => TraceFile.Load(packed[..length], "test")).Message);
        }
    }

    [Fact]
    public void Gzip_data_may_come_in_several_members()
    {
        byte[] rows = Traces.Bytes("mooncake.jsonl");
        int half = Array.IndexOf(rows, (byte)'\n', rows.Length / 2) + 1;
        byte[] packed = [.. Traces.Gzipped(rows[..half]), .. Traces.Gzipped(rows[half..])];
        Assert.Equal(Traces.Load("mooncake.jsonl").Totals, TraceFile.Load(packed, "test").Totals);
    }

    [Fact]
    public void A_flipped_bit_in_gzip_data_is_told()
    {
        byte[] packed = Traces.Gzipped(Traces.Bytes("weka-v8.jsonl"));
        packed[^6] ^= 1;
        Assert.Throws<TraceException>(() => TraceFile.Load(packed, "test"));
    }
}
