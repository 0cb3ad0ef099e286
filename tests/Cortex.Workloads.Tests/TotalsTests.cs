using Cortex.Testing;
using Xunit;

namespace Cortex.Workloads.Tests;

public sealed class TotalsTests
{
    private const string Mooncake = "traces/mooncake/";
    private const string Azure = "traces/azure/AzureLLMInferenceTrace_";
    private const string Weka = "traces/weka-claude-code/";

    [Theory]
    [InlineData("mooncake.jsonl", "mooncake", 60, 743_189, 21_759)]
    [InlineData("azure.csv", "azure", 40, 27_985, 4_430)]
    [InlineData("weka-v8.jsonl", "weka", 47, 5_115_103, 22_978)]
    [InlineData("weka-v6.jsonl", "weka", 18, 193_398, 3_194)]
    [InlineData("agentic.jsonl", "agentic-mooncake", 4, 63_144, 651)]
    [InlineData("agentic-v1.jsonl", "agentic-mooncake-v1", 20, 6447, 1192)]
    [InlineData("requests.csv", "requests", 40, 77_180, 6_464)]
    public void An_extract_is_recognised_and_sums_up(string extract, string format, int calls, long prompt, long output)
    {
        Workload workload = Traces.Load(extract);
        Assert.Equal(format, workload.Format);
        Check(workload, calls, prompt, output);
    }

    [Theory]
    [SharedRow(Mooncake + "conversation_trace.jsonl.gz", 12_031, 144_793_823, 4_122_048)]
    [SharedRow(Mooncake + "synthetic_trace.jsonl.gz", 3_993, 61_194_628, 595_432)]
    [SharedRow(Azure + "conv.2023.csv.gz", 19_366, 22_361_870, 4_088_665)]
    [SharedRow(Azure + "code.2023.csv.gz", 8_819, 18_059_974, 245_896)]
    public void A_trace_sums_up(string file, int calls, long prompt, long output) =>
        Check(TraceFile.Load(Shared.PathOf(file)), calls, prompt, output);

    [SharedFact(Weka + "sessions_v8_local.jsonl.gz")]
    public void Weka_v8_sums_up()
    {
        Workload workload = TraceFile.Load(Shared.PathOf(Weka + "sessions_v8_local.jsonl.gz"));
        Check(workload, 49_334, 6_037_445_403, 21_709_920);
        Assert.Equal(676, workload.Nodes.Count(node => workload.Stages[node.Stage.Value] == "sub-agent"));
        Assert.Equal(710, workload.Workflows.Length);
        Assert.Equal(["zero-length outputs counted as 1: 27"], workload.Notes);
    }

    [Theory]
    [SharedRow(Weka + "sessions_v6_global.jsonl.gz", 454, 51_216, 4_705_725_547, 19_517_883)]
    [SharedRow(Weka + "sessions_neon_global.jsonl.gz", 61, 6_051, 376_281_290, 2_340_732)]
    public void Weka_with_shared_ids_sums_up(string file, int sessions, int calls, long prompt, long output)
    {
        Workload workload = TraceFile.Load(Shared.PathOf(file));
        Check(workload, calls, prompt, output);
        Assert.Equal(sessions, workload.Workflows.Length);
    }

    /// <summary>The file's own totals, and what is played: nodes agree with their prompts, and nothing is empty.</summary>
    private static void Check(Workload workload, int calls, long prompt, long output)
    {
        Assert.Equal(new TraceTotals(calls, prompt, output), workload.Totals);
        long promptTokens = 0;
        long outputTokens = 0;
        foreach (Node node in workload.Nodes.Where(node => node.Kind == NodeKind.Llm))
        {
            Assert.Equal(node.PromptTokens, node.Prompt.Sum(segment => segment.Length));
            Assert.True(node.PromptTokens > 0 && node.OutputTokens > 0);
            Assert.DoesNotContain(node.Prompt.Zip(node.Prompt.Skip(1)), pair => pair.First.Stream == pair.Second.Stream && pair.First.End == pair.Second.Offset);
            promptTokens += node.PromptTokens;
            outputTokens += node.OutputTokens;
        }
        Assert.Equal(prompt + Counted(workload, "empty prompts"), promptTokens);
        Assert.Equal(output + Counted(workload, "zero-length outputs"), outputTokens);
        Assert.Equal(workload.NodeCount, workload.Workflows.Sum(workflow => workflow.NodeCount));
    }

    private static long Counted(Workload workload, string what) =>
        workload.Notes.SingleOrDefault(note => note.StartsWith(what, StringComparison.Ordinal)) is { } note
            ? long.Parse(note[(note.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture)
            : 0;
}
