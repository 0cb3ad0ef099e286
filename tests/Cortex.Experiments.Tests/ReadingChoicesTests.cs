using Xunit;

namespace Cortex.Experiments.Tests;

/// <summary>Keys of <c>workload</c> that say what to make of choices which a trace's format leaves.</summary>
public sealed class ReadingChoicesTests : IDisposable
{
    /// <summary>A session whose second request was recorded 100 s behind the first, though nothing kept it back for so long.</summary>
    private const string Weka = """
        {"id":"s","block_size":64,"hash_id_scope":"local","tool_tokens":100,"system_tokens":50,"requests":[{"t":0,"in":640,"out":5,"api_time":1,"think_time":0,"hash_ranges":[[1,10]]},{"t":100,"in":640,"out":5,"api_time":1,"think_time":2,"hash_ranges":[[1,10]]}]}
        {"id":"t","block_size":64,"hash_id_scope":"local","tool_tokens":100,"system_tokens":50,"requests":[{"t":0,"in":640,"out":5,"api_time":1,"think_time":0,"hash_ranges":[[101,10]]}]}

        """;

    private const string Mooncake = """
        {"timestamp":0,"input_length":512,"output_length":2,"hash_ids":[1]}
        {"timestamp":0,"input_length":512,"output_length":2,"hash_ids":[2]}
        {"timestamp":3000,"input_length":512,"output_length":2,"hash_ids":[3]}

        """;

    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Releases_that_the_record_held_back_are_counted_where_starts_are_recorded()
    {
        Run(Weka);
        Assert.DoesNotContain("releases_held_back", Results()[0], StringComparison.Ordinal);
        Run(Weka, "workload.starts=recorded");
        Assert.Equal("1", Value("releases_held_back"));
        Assert.Contains("releases_held_back 1\n", console.Text, StringComparison.Ordinal);
        Assert.Contains("held by record: 1 release came at the recorded start", console.Text, StringComparison.Ordinal);
        Assert.Contains("held by record: 1 release", File.ReadAllText(folder["out/e/run/report.html"]), StringComparison.Ordinal);
        Assert.True(double.Parse(Value("makespan_s"), System.Globalization.CultureInfo.InvariantCulture) > 100);
    }

    [Fact]
    public void Sessions_share_their_opening_if_they_are_asked_to()
    {
        Run(Weka, "workload.load=1");
        Assert.Equal("624", Value("hit_tokens")); // The second request of the first session finds all but its last block of 16.
        Run(Weka, "workload.load=1", "workload.share_opening=true");
        Assert.Equal("752", Value("hit_tokens")); // 128 more: whole blocks of 64 within the first 150 tokens.
    }

    [Fact]
    public void Rows_of_a_tick_are_spread()
    {
        Run(Mooncake);
        Assert.Equal(["0.000000000", "0.000000000", "3.000000000"], Arrivals());
        Run(Mooncake, "workload.spread=true");
        Assert.Equal(["0.000000000", "1.500000000", "3.000000000"], Arrivals());
    }

    [Theory]
    [InlineData(Mooncake, "workload.starts=recorded", "starts: recorded was asked for, which the format mooncake does not have; allowed: starts: recorded with traces of the format weka")]
    [InlineData(Mooncake, "workload.share_opening=true", "share_opening was asked for, which the format mooncake does not have")]
    [InlineData(Mooncake, "workload.global_ids=true", "allowed: global_ids with traces of the format agentic-mooncake")]
    [InlineData(Weka, "workload.spread=true", "spread was asked for, which the format weka does not have")]
    [InlineData(Weka, "workload.turns=delta", "turns was asked for, which the format weka does not have")]
    public void A_choice_that_the_format_does_not_have_is_bad_input(string trace, string set, string fault)
    {
        Assert.Equal(ExitCode.BadInput, Execute(trace, [set]));
        Assert.Contains(fault, console.Errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Ways_of_reading_can_be_swept()
    {
        Write(Weka);
        var options = new SweepOptions { File = folder["e.yaml"], Set = ["workload.starts=closed-loop,recorded"], ResultsFolder = folder["out"] };
        Assert.True(ExitCode.Ok == Sweep.Run(options, console.Console, console.Errors, CancellationToken.None), console.Errors.ToString());
        string[] header = File.ReadAllLines(folder["out/e/results.csv"])[0].Split(',');
        int column = Array.IndexOf(header, "releases_held_back");
        Assert.Equal(["", "1"], File.ReadAllLines(folder["out/e/results.csv"])[1..].Select(row => row.Split(',')[column]));
    }

    private void Write(string trace)
    {
        folder.Write("trace.jsonl", trace);
        folder.Write("e.yaml", "workload: {trace: trace.jsonl}\n");
    }

    private int Execute(string trace, string[] set)
    {
        Write(trace);
        return SingleRun.Run(new RunOptions { File = folder["e.yaml"], Set = set, ResultsFolder = folder["out"] }, console.Console, console.Errors, CancellationToken.None);
    }

    private void Run(string trace, params string[] set) => Assert.True(Execute(trace, set) == ExitCode.Ok, console.Errors.ToString());

    private string[] Results() => File.ReadAllLines(folder["out/e/run/results.csv"]);

    private string Value(string column) => Results()[1].Split(',')[Array.IndexOf(Results()[0].Split(','), column)];

    private IEnumerable<string> Arrivals() => File.ReadAllLines(folder["out/e/run/calls.csv"])[1..].Select(row => row.Split(',')[2]);
}
