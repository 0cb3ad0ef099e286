using System.Globalization;
using Cortex.Testing;
using Xunit;

namespace Cortex.Experiments.Tests;

/// <summary>Real traces through <c>cortex run</c>: no call is lost, none counted twice.</summary>
public sealed class RealTraceTests : IDisposable
{
    private const string Mooncake = "traces/mooncake/";
    private const string Azure = "traces/azure/AzureLLMInferenceTrace_";
    private const string Weka = "traces/weka-claude-code/sessions_v8_local.jsonl.gz";
    private const string Lists = "peers/vidur/inputs";

    /// <summary>Engines large enough for every call of any of these traces; agents' sessions are played by many users.</summary>
    private static readonly string[] Ample = ["cluster.engines.max_model_len=1000000", "cluster.engines.num_blocks=64000"];

    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [SharedRow(Mooncake + "conversation_trace.jsonl.gz", 12_031, 144_793_823, 4_122_048)]
    [SharedRow(Mooncake + "synthetic_trace.jsonl.gz", 3_993, 61_194_628, 595_432)]
    [SharedRow(Azure + "conv.2023.csv.gz", 19_366, 22_361_870, 4_088_665)]
    [SharedRow(Azure + "code.2023.csv.gz", 8_819, 18_059_974, 245_896)]
    public void Requests_with_arrivals_add_up(string trace, int calls, long prompt, long output) =>
        AllFinish(trace, new Totals(calls, prompt, output));

    [SharedFact(Weka)]
    public void Weka_adds_up_with_its_27_empty_outputs_played_as_one_token()
    {
        AllFinish(Weka, new Totals(49_334, 6_037_445_403, 21_709_920 + 27), "workload.load=64", "workload.max_think=60s", "cluster.engines.count=8");
        Assert.Contains("49,334 calls, 6,037,445,403 prompt and 21,709,920 output tokens", console.Text, StringComparison.Ordinal);
        Assert.Contains("zero-length outputs counted as 1: 27", console.Text, StringComparison.Ordinal);
    }

    [SharedTheory(Lists + "/*.csv.gz")]
    [SharedFiles(Lists, "*.csv.gz")]
    public void A_plain_request_list_adds_up(string name)
    {
        long[][] rows = [.. Gzip.Lines(Shared.PathOf($"{Lists}/{name}")).Skip(1).Select(line => line.Split(',')[2..4].Select(Number).ToArray())];
        AllFinish($"{Lists}/{name}", new Totals(rows.Length, rows.Sum(row => row[0]), rows.Sum(row => row[1])));
    }

    [Theory]
    [SharedRow(Mooncake + "conversation_trace.jsonl.gz", 12_031, 144_793_823)]
    [SharedRow(Azure + "conv.2023.csv.gz", 19_366, 22_361_870)]
    [SharedRow(Weka, 49_334, 6_037_445_403)]
    public void What_does_not_fit_a_default_engine_is_refused_and_counted(string trace, int calls, long prompt)
    {
        (Totals all, SortedDictionary<string, int> states) = Run(trace);
        Assert.Equal((calls, prompt), (all.Calls, all.Prompt));
        Assert.Equal(["finished", "refused"], states.Keys);
        Assert.Equal(calls, states.Values.Sum());
        Assert.Collection(
            console.Text.Split('\n').Where(line => line.StartsWith("warning: ", StringComparison.Ordinal)),
            ahead => Assert.StartsWith($"warning: {states["refused"]:N0} of {calls:N0} calls of ", ahead, StringComparison.Ordinal),
            after => Assert.StartsWith($"warning: {states["refused"]} call", after, StringComparison.Ordinal));
        Assert.Contains($"calls_refused {states["refused"]:N0}\n", console.Text, StringComparison.Ordinal);
        Assert.Contains($"calls_finished {states["finished"]:N0}\n", console.Text, StringComparison.Ordinal);
    }

    private void AllFinish(string trace, Totals expected, params string[] set)
    {
        (Totals all, SortedDictionary<string, int> states) = Run(trace, [.. Ample, .. set]);
        Assert.Equal(expected, all);
        Assert.Equal(["finished"], states.Keys);
        Assert.DoesNotContain("warning", console.Text, StringComparison.Ordinal);
    }

    /// <summary>Runs the trace on one engine with default settings but for <paramref name="set"/>; sums of <c>calls.csv</c>, and its states.</summary>
    private (Totals All, SortedDictionary<string, int> States) Run(string trace, params string[] set)
    {
        var options = new RunOptions { ResultsFolder = folder["out"], Set = [$"workload.trace={Shared.PathOf(trace)}", .. set] };
        Assert.True(ExitCode.Ok == SingleRun.Run(options, console.Console, console.Errors, CancellationToken.None), console.Errors.ToString());
        var all = new Totals(0, 0, 0);
        var states = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(folder["out/cortex/run/calls.csv"]).Skip(1))
        {
            // From the end: a workflow's name may hold commas.
            string[] cells = line.Split(',');
            all = new Totals(all.Calls + 1, all.Prompt + Number(cells[^6]), all.Output + Number(cells[^5]));
            states[cells[^1]] = states.GetValueOrDefault(cells[^1]) + 1;
        }
        return (all, states);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private readonly record struct Totals(int Calls, long Prompt, long Output);
}
