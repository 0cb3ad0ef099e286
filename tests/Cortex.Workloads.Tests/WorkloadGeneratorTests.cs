using Cortex.Testing;
using Xunit;

namespace Cortex.Workloads.Tests;

public sealed class WorkloadGeneratorTests
{
    private const ulong BundledSeed = 1;
    private const int BundledWorkflows = 600;

    private static readonly string Bundled = Path.Combine(Shared.Solution, "traces", "nl2sql.jsonl");

    [Fact]
    public void The_bundled_trace_is_what_the_documented_command_writes()
    {
        Assert.True(Generate(BundledSeed, BundledWorkflows).AsSpan().SequenceEqual(File.ReadAllBytes(Bundled)), $"{Bundled} is not what seed {BundledSeed} gives");
        Assert.Contains(
            $"cortex trace generate nl2sql --seed {BundledSeed} --workflows {BundledWorkflows} -o traces/nl2sql.jsonl",
            File.ReadAllText(Path.Combine(Shared.Solution, "traces", "README.md")));
    }

    [Fact]
    public void The_bundled_trace_has_the_shape_it_claims()
    {
        Workload workload = TraceFile.Load(Bundled);
        Assert.True(new FileInfo(Bundled).Length < 1_000_000);
        Assert.Equal(BundledWorkflows, workload.Workflows.Length);
        Assert.False(workload.ClosedByDefault);
        Assert.Equal(["schema.link", "sql.generate", "sql.execute", "sql.fix", "sql.answer"], workload.Stages);
        Assert.Equal(["empty", "error", "ok"], workload.Outcomes.Order(StringComparer.Ordinal));

        Play play = Play.Instantly(workload, new PlayerOptions { Closed = false });
        int[] calls = [.. workload.Workflows.Select(workflow => play.Ended.Count(tag => workload.Nodes[tag].Workflow == workflow.Index && workload.Nodes[tag].Kind == NodeKind.Llm))];
        Assert.All(calls, count => Assert.InRange(count, 3, 6));
        Assert.InRange(calls.Average(), 3.5, 3.9);
        foreach (int tag in play.Ended.Where(tag => workload.Nodes[tag].Kind == NodeKind.Llm))
        {
            Assert.InRange(play.PromptTokens[tag], 850, 5000);
            Assert.InRange(workload.Nodes[tag].OutputTokens, 50, 300);
            Assert.True(workload.Nodes[tag].OutputTokens <= workload.Nodes[tag].DeclaredMax);
        }
        string documented = File.ReadAllText(Path.Combine(Shared.Solution, "traces", "README.md"));
        Assert.Contains($"of which {calls.Sum():N0} run.", documented, StringComparison.Ordinal);
        foreach (IGrouping<int, int> stage in play.Ended.Where(tag => workload.Nodes[tag].Kind == NodeKind.Llm).GroupBy(tag => (int)workload.Nodes[tag].Stage.Value))
        {
            double prompt = stage.Average(tag => play.PromptTokens[tag]), output = stage.Average(tag => workload.Nodes[tag].OutputTokens);
            Assert.Contains($"| `{workload.Stages[stage.Key]}` | {stage.Count()} | {prompt:N0} | {output:N0} |", documented, StringComparison.Ordinal);
        }
        double span = workload.Workflows[^1].Arrival!.Value.Seconds;
        Assert.InRange(BundledWorkflows / span, 1.7, 2.3);
    }

    [Fact]
    public void Another_seed_gives_another_trace() =>
        Assert.NotEqual(Generate(1, 20).Skip(200), Generate(2, 20).Skip(200));

    [Fact]
    public void An_unknown_program_is_refused_with_the_nearest_name() =>
        Assert.Contains("nearest is 'nl2sql'", Assert.Throws<ArgumentException>(() => WorkloadGenerator.Write("nlsql", 1, 1, Stream.Null)).Message);

    [Fact]
    public void No_workflow_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WorkloadGenerator.Write("nl2sql", 1, 0, Stream.Null));

    private static byte[] Generate(ulong seed, int workflows)
    {
        using MemoryStream output = new();
        WorkloadGenerator.Write("nl2sql", seed, workflows, output);
        return output.ToArray();
    }
}
