using Cortex.Testing;
using Xunit;

namespace Cortex.Workloads.Tests;

public sealed class ReuseOracleTests
{
    private const string Mooncake = "traces/mooncake/";
    private const string Weka = "traces/weka-claude-code/";

    [Theory]
    [SharedRow(Mooncake + "conversation_trace.jsonl.gz", 37.36, 36.64)]
    [SharedRow(Mooncake + "synthetic_trace.jsonl.gz", 65.12, 63.96)]
    public void Mooncake_reuse_equals_the_published_share(string file, double tokens, double blocks)
    {
        ReuseTotals reuse = ReuseOracle.Measure(TraceFile.Load(Shared.PathOf(file)));
        Assert.Equal(tokens, 100 * reuse.TokenShare, 0.01);
        Assert.Equal(blocks, 100 * reuse.BlockShare, 0.01);
    }

    [Theory]
    [SharedRow(Weka + "sessions_v8_local.jsonl.gz", false, 96.32)]
    [SharedRow(Weka + "sessions_v8_local.jsonl.gz", true, 96.32)]
    [SharedRow(Weka + "sessions_v6_global.jsonl.gz", true, 97.52)]
    [SharedRow(Weka + "sessions_v6_global.jsonl.gz", false, 99.10)]
    public void Weka_reuse_equals_the_published_share(string file, bool withinSessions, double tokens)
    {
        Workload workload = TraceFile.Load(Shared.PathOf(file));
        Assert.Equal(tokens, 100 * ReuseOracle.Measure(workload, withinSessions).TokenShare, 0.01);
    }

    [Theory]
    [InlineData("mooncake.jsonl", false)]
    [InlineData("weka-v8.jsonl", false)]
    [InlineData("weka-v6.jsonl", true)]
    [InlineData("weka-v6.jsonl", false)]
    [InlineData("agentic.jsonl", false)]
    public void Going_by_runs_counts_the_same_as_going_by_blocks(string extract, bool withinWorkflows)
    {
        Workload workload = Traces.Load(extract);
        HashSet<(int Stream, int Block)> seen = [];
        long reused = 0;
        foreach (Workflow workflow in workload.Workflows)
        {
            if (withinWorkflows)
            {
                seen.Clear();
            }
            foreach (Node node in workload.Nodes.AsSpan(workflow.FirstNode, workflow.NodeCount))
            {
                (int, int)[] blocks = [.. node.Prompt.SelectMany(segment => Enumerable
                    .Range(segment.Offset / workload.NativeBlock, (segment.Length - 1) / workload.NativeBlock + 1)
                    .Select(block => (segment.Stream.Value, block)))];
                reused += Math.Min((long)blocks.TakeWhile(seen.Contains).Count() * workload.NativeBlock, node.PromptTokens);
                seen.UnionWith(blocks);
            }
        }
        Assert.True(reused > 0);
        Assert.Equal(reused, ReuseOracle.Measure(workload, withinWorkflows).ReusedTokens);
    }

    [Fact]
    public void A_partly_filled_block_counts_no_more_than_the_prompt()
    {
        Workload workload = Traces.Parse(
            """{"timestamp":0,"input_length":600,"output_length":1,"hash_ids":[3,70]}""",
            """{"timestamp":0,"input_length":600,"output_length":1,"hash_ids":[3,70]}""",
            """{"timestamp":0,"input_length":1000,"output_length":1,"hash_ids":[4,70]}""");
        Assert.Equal(new ReuseTotals(2200, 600, 6, 2), ReuseOracle.Measure(workload));
    }
}
