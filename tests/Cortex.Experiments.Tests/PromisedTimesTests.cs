using System.Globalization;
using Xunit;

namespace Cortex.Experiments.Tests;

/// <summary>The <c>slo</c> of a trace's workflows and nodes, counted in goodput.</summary>
public sealed class PromisedTimesTests : IDisposable
{
    private const string Header = """{"format":"agentflow","version":1,"replay":"open","source":"by hand"}""";

    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Goodput_is_of_what_was_promised_where_something_was()
    {
        // Kept: b, d. Broken: a and its workflow's own, c by its node, though the workflow's would be kept.
        Run(
            Workflow("a", """ "slo":{"ttft":1,"e2e":2},"""),
            Workflow("b", """ "slo":{"ttft":3600000000,"tpot":3600000000,"e2e":3600000000},"""),
            Workflow("c", """ "slo":{"ttft":3600000000},""", ""","slo":{"ttft":1}"""),
            Workflow("d"));
        Assert.Equal((2, 3), (Good("calls"), Good("workflows")));
        // Of the three that something was promised for.
        Assert.Equal(1.0 / 3, Value("slo_attainment"), 1e-9);
        Assert.Contains("bounds that it promises to calls and workflows count in place of the experiment's slo", console.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_experiments_bounds_hold_for_the_rest()
    {
        Run(["slo.ttft=1us"], Workflow("a", """ "slo":{"ttft":3600000000},"""), Workflow("b"), Workflow("c", "", ""","slo":{"e2e":3600000000}"""));
        Assert.Equal((1, 3), (Good("calls"), Good("workflows")));
        Assert.Equal(1.0 / 3, Value("slo_attainment"), 1e-9);
    }

    [Fact]
    public void Without_any_bound_nothing_is_attained_or_missed()
    {
        Run(Workflow("a"), Workflow("b"));
        Assert.Equal((2, 2), (Good("calls"), Good("workflows")));
        Assert.Equal("", Text("slo_attainment"));
    }

    [Fact]
    public void A_report_says_that_the_trace_promises()
    {
        Run(Workflow("a", """ "slo":{"ttft":3600000000},"""));
        Assert.Contains("<dt>SLO</dt><dd>what the trace promises</dd>", Report(), StringComparison.Ordinal);
        Run(Workflow("a"));
        Assert.Contains("<dt>SLO</dt><dd>none</dd>", Report(), StringComparison.Ordinal);

        string Report() => File.ReadAllText(folder["out/cortex/run/report.html"]);
    }

    [Theory]
    [InlineData("""{"ttft":200000}""")]
    [InlineData("""{"e2e":400000}""")]
    public void Capacity_is_the_load_at_which_promises_are_kept(string slo)
    {
        string[] workflows = [.. Enumerable.Range(0, 60).Select(i => Workflow($"w{i}", $""" "slo":{slo},""").Replace("\"arrival\":0", $"\"arrival\":{i * 1_000_000}", StringComparison.Ordinal))];
        string trace = folder.Write("trace.jsonl", string.Join('\n', workflows.Prepend(Header)) + "\n");
        CapacityOptions options = new()
        {
            ResultsFolder = folder["out"], Jobs = 1,
            Set = [$"workload.trace={trace}", "cluster.engines.count=1", "cluster.engines.max_num_seqs=1", "cluster.engines.async_scheduling=false", "costs.model=constant", "costs.prefill=100ms", "costs.decode=50ms", "capacity.tolerance=10%"],
        };
        Assert.True(CapacityCommand.Run(options, console.Console, console.Errors, CancellationToken.None) == ExitCode.Ok, console.Errors.ToString());
        string[][] probes = [.. File.ReadAllLines(folder["out/cortex/capacity_probes.csv"]).Select(line => line.Split(','))];
        int load = Array.IndexOf(probes[0], "workload.load"), meets = Array.IndexOf(probes[0], "meets_slo");
        double held = probes.Skip(1).Where(probe => probe[meets] == "true").Max(probe => double.Parse(probe[load], CultureInfo.InvariantCulture));
        // A call takes 250 ms and there is one seat: four a second keep up, more queue ever longer.
        Assert.InRange(held, 3.5, 4.2);
    }

    private static string Workflow(string id, string promise = "", string ofNode = "") =>
        $$"""{"id":"{{id}}","arrival":0,{{promise}}"nodes":[{"n":0,"kind":"llm","model":"m","deps":[],"prompt":[["u:0",0,100]],"out":4{{ofNode}}}]}""";

    private void Run(params string[] workflows) => Run([], workflows);

    private void Run(string[] set, params string[] workflows)
    {
        string trace = folder.Write("trace.jsonl", string.Join('\n', workflows.Prepend(Header)) + "\n");
        RunOptions options = new() { ResultsFolder = folder["out"], Set = [$"workload.trace={trace}", .. set] };
        Assert.True(SingleRun.Run(options, console.Console, console.Errors, CancellationToken.None) == ExitCode.Ok, console.Errors.ToString());
    }

    /// <summary>How many were good: their rate over the time of the run.</summary>
    private int Good(string what) => (int)Math.Round(Value($"goodput_{what}_per_s") * Value("makespan_s"));

    private double Value(string column) => double.Parse(Text(column), CultureInfo.InvariantCulture);

    private string Text(string column)
    {
        string[][] lines = [.. File.ReadAllLines(folder["out/cortex/run/results.csv"]).Select(line => line.Split(','))];
        return lines[1][Array.IndexOf(lines[0], column)];
    }
}
