using Cortex.Testing;
using Xunit;

namespace Cortex.Workloads.Tests;

/// <summary>Every source as agentflow: nothing of what a play needs is lost on the way through a file.</summary>
public sealed class ImportTests
{
    private const string Folder = "traces/";

    /// <summary>Each file of the shared traces that is a workload, with its totals.</summary>
    public static TheoryData<string, string, int, long, long> Sources => new()
    {
        { "mooncake/conversation_trace.jsonl.gz", "mooncake", 12_031, 144_793_823, 4_122_048 },
        { "mooncake/synthetic_trace.jsonl.gz", "mooncake", 3_993, 61_194_628, 595_432 },
        { "azure/AzureLLMInferenceTrace_conv.2023.csv.gz", "azure", 19_366, 22_361_870, 4_088_665 },
        { "azure/AzureLLMInferenceTrace_code.2023.csv.gz", "azure", 8_819, 18_059_974, 245_896 },
        { "weka-claude-code/sessions_v8_local.jsonl.gz", "weka", 49_334, 6_037_445_403, 21_709_920 },
        { "weka-claude-code/sessions_v6_global.jsonl.gz", "weka", 51_216, 4_705_725_547, 19_517_883 },
        { "thunderagent-sweagent/sessions.jsonl.gz", "thunderagent", 5_788, 143_352_167, 967_955 },
        { "agentcgroup/sessions.jsonl.gz", "agentcgroup", 8_001, 346_967_437, 1_800_120 },
        { "hexgen-text2sql/trace1.jsonl.gz", "hexgen", 1_732, 4_542_946, 178_272 },
        { "hexgen-text2sql/trace2.jsonl.gz", "hexgen", 1_984, 6_686_674, 229_094 },
        { "hexgen-text2sql/trace3.jsonl.gz", "hexgen", 2_296, 7_213_080, 275_504 },
        { "hexgen-text2sql/financial.jsonl.gz", "hexgen", 1_494, 3_000_242, 150_294 },
        { "hexgen-text2sql/formula1.jsonl.gz", "hexgen", 504, 1_301_380, 49_943 },
        { "llmservingsim/workloads/sharegpt-llama-3.1-8b-300-sps10.jsonl.gz", "llmservingsim", 300, 257_239, 195_753 },
        { "llmservingsim/workloads/workload_me2_01_mixed.jsonl.gz", "llmservingsim", 608, 5_604_402, 1_837_003 },
        { "vidur/processed_traces/splitwise_code.csv.gz", "vidur", 8_819, 18_059_974, 245_896 },
        { "vidur/processed_traces/arxiv_summarization_stats_llama2_tokenizer_filtered_v2.csv.gz", "vidur", 28_257, 73_131_321, 8_234_948 },
    };

    [SharedTheory(Folder + "manifest.json")]
    [MemberData(nameof(Sources))]
    public void A_source_comes_through_agentflow_whole(string file, string format, int calls, long prompt, long output)
    {
        string path = Shared.PathOf(Folder + file);
        Workload direct = TraceFile.Load(path);
        Assert.Equal(format, direct.Format);
        Assert.Equal(new TraceTotals(calls, prompt, output), direct.Totals);
        AssertSame(direct, Written(path));
    }

    public static TheoryData<string> Extracts => [.. Traces.Extracts];

    [Theory]
    [MemberData(nameof(Extracts))]
    public void An_extract_comes_through_agentflow_whole(string extract) => AssertSame(Traces.Load(extract), Written(Traces.PathOf(extract)));

    private static Workload Written(string path)
    {
        using TraceImport import = TraceImport.Open(path);
        using MemoryStream output = new();
        using AgentflowWriter writer = new(output);
        writer.Write(import.Header);
        foreach (AgentflowWorkflow workflow in import.Workflows())
        {
            writer.Write(workflow);
        }
        return TraceFile.Load(output.ToArray(), "written");
    }

    /// <summary>Up to the names of streams, and times to the microsecond.</summary>
    private static void AssertSame(Workload source, Workload written)
    {
        Assert.Equal(source.Totals, written.Totals);
        Assert.Equal((source.ClosedByDefault, source.NativeBlock, source.ChainedBlocks), (written.ClosedByDefault, written.NativeBlock, written.ChainedBlocks));
        Assert.Equal(source.Workflows.Select(workflow => (workflow.Id, workflow.NodeCount)), written.Workflows.Select(workflow => (workflow.Id, workflow.NodeCount)));
        Assert.Equal(source.NodeCount, written.NodeCount);
        Dictionary<int, int> streams = [];
        HashSet<int> targets = [];
        for (int tag = 0; tag < source.NodeCount; tag++)
        {
            Node a = source.Nodes[tag], b = written.Nodes[tag];
            Assert.Equal((a.Kind, a.PromptTokens, a.OutputTokens, a.Outcome), (b.Kind, b.PromptTokens, b.OutputTokens, b.Outcome));
            Assert.Equal((source.Stages[a.Stage.Value], Us(a.DurationNs), Us(a.DelayNs)), (written.Stages[b.Stage.Value], Us(b.DurationNs), Us(b.DelayNs)));
            Assert.True(source.Dependencies(tag).SequenceEqual(written.Dependencies(tag)));
            Assert.Equal(Us(source.ReleaseNs(tag) ?? -1_000), Us(written.ReleaseNs(tag) ?? -1_000));
            Assert.Equal(a.Prompt.Select(segment => (segment.Offset, segment.Length)), b.Prompt.Select(segment => (segment.Offset, segment.Length)));
            foreach ((int from, int to) in a.Prompt.Zip(b.Prompt, (x, y) => (x.Stream.Value, y.Stream.Value)))
            {
                if (!streams.TryGetValue(from, out int known))
                {
                    streams[from] = known = to;
                    Assert.True(targets.Add(to));
                }
                Assert.Equal(known, to);
            }
        }
    }

    private static long Us(long ns) => (long)Math.Round(ns / 1000.0, MidpointRounding.ToEven);
}
