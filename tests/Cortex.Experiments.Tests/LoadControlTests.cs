using System.Globalization;
using Xunit;

namespace Cortex.Experiments.Tests;

/// <summary>Keys of <c>workload</c> that say where users are when a run begins and when it ends.</summary>
public sealed class LoadControlTests : IDisposable
{
    private const int Sessions = 12;

    /// <summary>Ten calls in a row a session, each with the prompt of the one before and more.</summary>
    private static readonly string Trace = string.Join('\n',
    [
        """{"format":"agentflow","version":1,"replay":"closed"}""",
        .. Enumerable.Range(0, Sessions).Select(i => $$"""{"id":"s{{i}}","nodes":[{{string.Join(',', Enumerable.Range(0, 10).Select(Call))}}]}"""),
    ]);

    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_duration_ends_the_run_and_what_is_still_under_way_is_counted()
    {
        Run();
        Assert.Equal((Sessions * 10, 0), (Number("calls_finished"), Number("calls_unfinished")));
        Run("workload.duration=3s", "workload.grace=0s");
        double calls = Number("calls_finished");
        Assert.InRange(calls, 10, Sessions * 10 - 1);
        Assert.Equal(4, Number("calls_unfinished"));
        Run("workload.duration=3s");
        Assert.Equal((calls + 4, 0), (Number("calls_finished"), Number("calls_unfinished")));
    }

    [Fact]
    public void A_primed_snapshot_is_measured_from_its_barrier_and_finds_its_history_in_the_caches()
    {
        Run("workload.snapshot=cold");
        (double calls, double hits) = (Number("calls_finished"), Number("hit_rate"));
        Assert.Equal("", Value("warmup_s"));
        Assert.InRange(calls, Sessions * 10 - 4 * 7, Sessions * 10 - 4 * 2);
        Run("workload.snapshot=primed");
        Assert.Equal(calls + 4, Number("calls_finished"));
        Assert.True(Number("warmup_s") > 0);
        Assert.True(Number("hit_rate") > hits);
    }

    [Fact]
    public void A_snapshot_of_an_open_loop_is_bad_input()
    {
        Assert.Equal(ExitCode.BadInput, Execute(Trace.Replace("\"id\"", "\"arrival\":0,\"id\"", StringComparison.Ordinal), ["workload.players=open", "workload.load=1", "workload.snapshot=cold"]));
        Assert.Contains("workload.snapshot cannot be used: trace.jsonl is played open loop; allowed: none, or players: closed", console.Errors.ToString(), StringComparison.Ordinal);
    }

    private static string Call(int n) => n == 0
        ? """{"n":0,"kind":"llm","prompt":[["u:0",0,1000]],"out":50}"""
        : $$"""{"n":{{n}},"kind":"llm","deps":[{{n - 1}}],"base":{{n - 1}},"add":[["u:{{n}}",0,100]],"out":50}""";

    private int Execute(string trace, string[] set)
    {
        folder.Write("trace.jsonl", trace);
        folder.Write("e.yaml", "workload: {trace: trace.jsonl, load: 4}\n");
        return SingleRun.Run(new RunOptions { File = folder["e.yaml"], Set = set, ResultsFolder = folder["out"] }, console.Console, console.Errors, CancellationToken.None);
    }

    private void Run(params string[] set) => Assert.True(Execute(Trace, set) == ExitCode.Ok, console.Errors.ToString());

    private double Number(string column) => double.Parse(Value(column), CultureInfo.InvariantCulture);

    private string Value(string column)
    {
        string[] rows = File.ReadAllLines(folder["out/e/run/results.csv"]);
        return rows[1].Split(',')[Array.IndexOf(rows[0].Split(','), column)];
    }
}
