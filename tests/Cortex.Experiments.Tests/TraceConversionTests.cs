using System.Text;
using Cortex.Testing;
using Cortex.Workloads;
using Xunit;

namespace Cortex.Experiments.Tests;

/// <summary><c>cortex trace import</c> reads on one thread and writes on another.</summary>
public sealed class TraceConversionTests : IDisposable
{
    private const string Weka = "traces/weka-claude-code/sessions_v8_local.jsonl.gz";

    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [SharedTheory(Weka)]
    [InlineData(Weka)]
    [InlineData("traces/mooncake/synthetic_trace.jsonl.gz")]
    public void An_import_has_the_bytes_of_one_workflow_after_the_other_on_one_thread(string trace)
    {
        using TraceImport import = TraceImport.Open(Shared.PathOf(trace));
        using MemoryStream plain = new();
        TraceExport.Write(import.Header, import.Workflows(), "agentflow", plain);
        Assert.True(Import(Shared.PathOf(trace)) == ExitCode.Ok, console.Errors.ToString());
        Assert.Equal(plain.ToArray(), File.ReadAllBytes(folder["out.jsonl"]));
        Assert.All(import.Changes, change => Assert.Contains($"changed: {change}\n", console.Text, StringComparison.Ordinal));
        Assert.All(import.Lost, lost => Assert.Contains($"lost: {lost}\n", console.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_fault_far_into_a_file_is_told_with_its_line_and_nothing_is_written()
    {
        StringBuilder lines = new("""{"format":"agentflow","version":1,"replay":"open"}""");
        for (int i = 0; i < 20_000; i++)
        {
            lines.Append('\n').Append(i == 15_000 ? "{" : $$"""{"id":"w{{i}}","arrival":{{i}},"nodes":[{"n":0,"kind":"llm","prompt":[["u:0",0,9]],"out":3}]}""");
        }
        string file = folder.Write("in.jsonl", lines.ToString());
        Assert.Equal(ExitCode.BadInput, Import(file));
        Assert.Contains("in.jsonl:15002: no valid JSON", console.Errors.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["out.jsonl"]));
    }

    private int Import(string file) => TraceConversion.Run(
        new() { Input = file, Format = "agentflow", Output = folder["out.jsonl"], Reading = TraceReadingOptions.Default }, console.Console, console.Errors, CancellationToken.None);
}
