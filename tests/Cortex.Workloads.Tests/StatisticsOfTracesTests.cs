using Cortex.Testing;
using Xunit;

namespace Cortex.Workloads.Tests;

public sealed class StatisticsOfTracesTests
{
    private const string Folder = "traces/";

    /// <summary>Going token by token is slow.</summary>
    private const int Workflows = 40;

    /// <summary>Published shares, counted from segments, straight from the source and after a way through a file.</summary>
    [SharedTheory(Folder + "manifest.json")]
    [InlineData("mooncake/conversation_trace.jsonl.gz", 37.36, 36.64, 0)]
    [InlineData("mooncake/synthetic_trace.jsonl.gz", 65.12, 63.96, 0)]
    [InlineData("weka-claude-code/sessions_v8_local.jsonl.gz", 96.32, -1, 96.32)]
    [InlineData("weka-claude-code/sessions_v6_global.jsonl.gz", 99.10, -1, 97.52)]
    public void Ideal_reuse_equals_the_published_share(string file, double tokens, double blocks, double within)
    {
        string path = Shared.PathOf(Folder + file);
        string written = Path.GetTempFileName();
        try
        {
            TraceStatistics direct = Statistics(path, block: null);
            using (TraceImport import = TraceImport.Open(path))
            using (FileStream output = File.Create(written))
            {
                TraceExport.Write(import.Header, import.Workflows(), "agentflow", output);
            }
            foreach (TraceStatistics statistics in (TraceStatistics[])[direct, Statistics(written, block: null)])
            {
                Assert.Equal(tokens, 100 * statistics.Reuse.TokenShare, 0.01);
                Assert.Equal(within, 100 * statistics.ReuseWithin.TokenShare, 0.01);
                Assert.Equal(blocks < 0 ? 100 * statistics.Reuse.BlockShare : blocks, 100 * statistics.Reuse.BlockShare, 0.01);
            }
            Assert.Equal(ReuseOracle.Measure(TraceFile.Load(path)), direct.Reuse);
        }
        finally
        {
            File.Delete(written);
        }
    }

    [Theory]
    [InlineData("agentflow.jsonl", 16)]
    [InlineData("agentcgroup.jsonl", 16)]
    [InlineData("agentcgroup.jsonl", 7)]
    [InlineData("thunderagent.jsonl", 64)]
    [InlineData("mooncake.jsonl", 16)]
    [InlineData("weka-v6.jsonl", 100)]
    [InlineData("nl2sql", 16)]
    public void Reuse_is_what_going_token_by_token_finds(string trace, int block)
    {
        string path = trace == "nl2sql" ? Path.Combine(Shared.Solution, "traces", "nl2sql.jsonl") : Traces.PathOf(trace);
        Workload workload = TraceFile.Load(path);
        HashSet<ulong> seen = [];
        long reused = 0;
        bool[] taken = new bool[workload.NodeCount];
        Workflow last = workload.Workflows[..Math.Min(Workflows, workload.Workflows.Length)][^1];
        for (int tag = 0; tag < last.FirstNode + last.NodeCount; tag++)
        {
            taken[tag] = workload.Guards(tag).ToArray().All(guard => taken[guard.Node] && guard.Allows(workload.Nodes[guard.Node].Outcome));
            if (!taken[tag] || workload.Nodes[tag].Kind != NodeKind.Llm)
            {
                continue;
            }
            List<(int, int)> tokens = [];
            foreach (Cortex.Policies.Segment segment in workload.Nodes[tag].Prompt)
            {
                int producer = workload.ProducerOf(segment.Stream);
                for (int i = 0; i < segment.Length && (producer < 0 || taken[producer]); i++)
                {
                    tokens.Add((segment.Stream.Value, segment.Offset + i));
                }
            }
            bool leading = true;
            ulong chain = 1;
            for (int at = 0; at + block <= tokens.Count; at += block)
            {
                foreach ((int stream, int offset) in tokens.GetRange(at, block))
                {
                    chain = (chain ^ ((ulong)stream << 32) ^ (uint)offset) * 0x9E3779B97F4A7C15UL;
                    chain ^= chain >> 29;
                }
                leading &= !seen.Add(chain);
                reused += leading ? block : 0;
            }
        }
        Assert.True(reused > 0 || trace == "agentflow.jsonl");
        Assert.Equal(reused, Statistics(path, block, Workflows).Reuse.ReusedTokens);
    }

    [Fact]
    public void What_a_trace_holds_is_counted_and_what_runs_is_measured()
    {
        TraceStatistics nl2sql = Statistics(Path.Combine(Shared.Solution, "traces", "nl2sql.jsonl"), 16);
        Assert.Equal((600, 3_600L, 2_226L, 2_400L, 0L), (nl2sql.Workflows, nl2sql.Calls, nl2sql.CallsTaken, nl2sql.Tools, nl2sql.Humans));
        Assert.Equal(TraceFile.Load(Path.Combine(Shared.Solution, "traces", "nl2sql.jsonl")).Totals, new TraceTotals((int)nl2sql.Calls, nl2sql.PromptTokens, nl2sql.OutputTokens));
        Assert.Equal((6, 3, 6), (nl2sql.CallsOfWorkflow.Max, nl2sql.CallsOfWorkflow.Quantile(0.5), nl2sql.Depth.Max));
        Assert.InRange(nl2sql.GapVariation, 0.9, 1.1);
    }

    [Fact]
    public void Quantiles_are_those_of_the_sorted_values_to_five_digits()
    {
        LengthCounts counts = new();
        long[] values = [.. Enumerable.Range(1, 200).Select(i => (long)i * i * i)];
        foreach (long value in values)
        {
            counts.Add(value);
        }
        Assert.Equal(values.Average(), counts.Mean, 6);
        foreach (double p in (double[])[0, 0.01, 0.5, 0.9, 0.99, 1])
        {
            long exact = values[Math.Max((int)Math.Ceiling(p * 200) - 1, 0)];
            Assert.InRange(counts.Quantile(p), exact - exact / 10_000, exact);
        }
    }

    private static TraceStatistics Statistics(string path, int? block, int workflows = int.MaxValue)
    {
        using TraceImport trace = TraceImport.Open(path);
        TraceStatistics statistics = new(trace.Header, block ?? trace.Header.NativeBlock);
        foreach (AgentflowWorkflow workflow in trace.Workflows().Take(workflows))
        {
            statistics.Add(workflow);
        }
        return statistics;
    }
}
