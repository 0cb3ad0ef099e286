using System.Text;
using Cortex.Testing;
using Xunit;

namespace Cortex.Workloads.Tests;

/// <summary>Import, agentflow, export, import: what comes back is what went in, for every importer.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cortex-round-trip-");

    public static TheoryData<string> Extracts => [.. Traces.Extracts];

    /// <summary>Without agentflow's own, which has a tool in the background and a play of another name.</summary>
    public static TheoryData<string> Others => [.. Traces.Extracts.Where(extract => extract != "agentflow.jsonl")];

    public static TheoryData<string, string, int, long, long> Sources => ImportTests.Sources;

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Extracts))]
    public void An_imported_extract_is_read_and_written_again_to_the_byte(string extract) => SameBytes(Traces.PathOf(extract));

    [SharedTheory("traces/manifest.json")]
    [MemberData(nameof(Sources))]
    public void An_imported_source_is_read_and_written_again_to_the_byte(string file, string format, int calls, long prompt, long output)
    {
        Assert.True(calls > 0 && prompt > 0 && output > 0 && format.Length > 0);
        SameBytes(Shared.PathOf("traces/" + file));
    }

    /// <summary>Each call is sent when it was, whatever stood between the calls, and with the same tokens.</summary>
    [Theory]
    [MemberData(nameof(Others))]
    public void Calls_of_an_extract_are_released_as_they_were_after_a_round_over_request_graphs(string extract)
    {
        string agentflow = Converted(Traces.PathOf(extract), "agentflow");
        Workload source = TraceFile.Load(agentflow), back = TraceFile.Load(Converted(Converted(agentflow, "agentic-mooncake"), "agentflow"));
        Assert.Equal(Calls(source, source.ClosedByDefault), Calls(back, closed: true));
    }

    private void SameBytes(string path)
    {
        string once = Converted(path, "agentflow"), twice = Converted(once, "agentflow");
        Assert.Equal(File.ReadAllBytes(once), File.ReadAllBytes(twice));
        using TraceImport import = TraceImport.Open(once);
        Assert.Equal("agentflow", import.Format);
        Assert.Equal(TraceFile.Load(path).Totals, TraceFile.Load(twice).Totals);
    }

    /// <summary>By workflow, in the order in which they are sent: when, prompt and output.</summary>
    private static string Calls(Workload workload, bool closed)
    {
        Play play = Play.With(
            workload, new() { Closed = closed, Load = closed ? 1000 : 1 },
            tag => workload.Nodes[tag].Kind == NodeKind.Llm ? 1_000_000L * workload.Nodes[tag].OutputTokens : workload.Nodes[tag].DurationNs);
        StringBuilder text = new();
        foreach (IGrouping<int, int> flow in play.Of(PlayerEventKind.CallReady).Select(e => e.Tag).GroupBy(tag => workload.Nodes[tag].Workflow).OrderBy(flow => workload.Workflows[flow.Key].Id, StringComparer.Ordinal))
        {
            text.Append(workload.Workflows[flow.Key].Id).Append(':');
            foreach ((long sent, int prompt, int output) in flow.Select(tag => (play.Started[tag], workload.Nodes[tag].PromptTokens, workload.Nodes[tag].OutputTokens)).Order())
            {
                text.Append(Traces.Invariant($" {sent}/{prompt}/{output}"));
            }
            text.Append('\n');
        }
        return text.ToString();
    }

    private string Converted(string path, string format)
    {
        string target = Path.Combine(folder.FullName, $"{folder.GetFiles().Length}.{format}");
        using TraceImport trace = TraceImport.Open(path);
        using FileStream output = File.Create(target);
        TraceExport.Write(trace.Header, trace.Workflows(), format, output);
        return target;
    }
}
