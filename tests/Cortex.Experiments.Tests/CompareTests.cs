using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class CompareTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Equal_results_do_not_differ()
    {
        Sweep("a");
        Sweep("b");
        Assert.Equal(ExitCode.Ok, Compare("a/small", "b/small"));
        Assert.Contains("≈", console.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("note:", console.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("†", console.Text, StringComparison.Ordinal);
        Assert.Contains("Kendall's τ 1.00", console.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_are_paired_by_policy_axes_and_seed()
    {
        Sweep("a");
        Sweep("b", "workload.load=4", "policies.baseline.routing=prefix-aware", "policies=baseline,short", "repeat=2", "seed=8");
        Assert.Equal(ExitCode.Ok, Compare("a", "b", "diff.csv"));
        Assert.Contains("rows are in one of the folders only", console.Text, StringComparison.Ordinal);
        Assert.Contains("policies.routing.name: least-work and prefix-aware", console.Text, StringComparison.Ordinal);
        string[][] rows = [.. File.ReadAllLines(folder["diff.csv"]).Select(line => line.Split(','))];
        Assert.Equal(["metric", "results", "policy", "workload.load", "baseline", "pairs"], rows[0][..6]);
        string[] latency = rows.Single(row => row[0] == "ttft_p50_s" && row[2] == "baseline");
        // 1/(10 − 4) against 1/(5 − 4), with the noise of seeds 8 and 9, which both have.
        Assert.Equal(("b", "4", "2"), (latency[1], latency[3], latency[5]));
        Assert.Equal(1.0 / 6 - 1, double.Parse(latency[9], System.Globalization.CultureInfo.InvariantCulture), 1e-6);
        string[] alike = rows.Single(row => row[0] == "ttft_p50_s" && row[2] == "short");
        Assert.Equal("0", alike[6]);
    }

    [Fact]
    public void Without_a_seed_in_common_differences_are_welchs()
    {
        Sweep("a");
        Sweep("b", "seed=100");
        Assert.Equal(ExitCode.Ok, Compare("a", "b", "diff.csv"));
        Assert.Contains("9 rows have no seed in common", console.Text, StringComparison.Ordinal);
        string[] row = File.ReadAllLines(folder["diff.csv"]).First(line => line.StartsWith("ttft_p50_s,", StringComparison.Ordinal)).Split(',');
        Assert.NotEqual("", row[7]);
        Assert.NotEqual("", row[11]);
    }

    [Fact]
    public void Two_runs_are_compared_whatever_their_policies_are_called()
    {
        foreach (string policy in (string[])["baseline", "aware"])
        {
            var options = new RunOptions { File = Files.WriteSmall(folder), ResultsFolder = folder[policy], PolicySet = policy };
            Assert.Equal(ExitCode.Ok, SingleRun.Run(options, new AnalyticRunner(), console.Console, console.Errors, CancellationToken.None));
        }
        Assert.Equal(ExitCode.Ok, Compare("baseline/small/run", "aware/small/run"));
        Assert.Contains("baseline / aware", console.Text, StringComparison.Ordinal);
        Assert.Contains("−55.6 %", console.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_is_written_over_an_earlier_one_and_over_nothing_else()
    {
        Sweep("a");
        folder.Write("mine.csv", "metric,mine\n");
        Assert.Equal(ExitCode.BadInput, Compare("a", "a", "mine.csv"));
        Assert.Contains("mine.csv: the file exists and is not a table of cortex compare; allowed: a new file", console.Errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("metric,mine\n", File.ReadAllText(folder["mine.csv"]));
        Assert.Equal(ExitCode.BadInput, Compare("a", "a", "a/small/comparisons.csv"));
        Assert.Equal(ExitCode.Ok, Compare("a", "a", "new.csv"));
        Assert.Equal(ExitCode.Ok, Compare("a", "a", "new.csv"));
    }

    [Fact]
    public void Cells_without_a_result_are_told()
    {
        Sweep("a");
        Sweep("b");
        File.WriteAllText(Directory.GetFiles(folder["b/small/cells"]).Order(StringComparer.Ordinal).First(), "{");
        Assert.Equal(ExitCode.Ok, Compare("a", "b"));
        Assert.Contains("note: 1 of 27 cells of ", console.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_results_folder_is_told()
    {
        Sweep("a");
        Assert.Equal(ExitCode.BadInput, Compare("a", "absent"));
        Assert.Equal(ExitCode.BadInput, Compare("a/small/cells", "a"));
        folder.Write("broken/manifest.json", "{}");
        Assert.Equal(ExitCode.BadInput, Compare("broken", "a"));
        Sweep("b", "policies=short", "name=other", "workload.load=7");
        Assert.Equal(ExitCode.BadInput, Compare("a", "b"));
        string[] errors = console.Errors.ToString().TrimEnd().Split(Environment.NewLine);
        Assert.Equal(4, errors.Length);
        Assert.Contains("absent': no such folder; allowed: a folder with manifest.json", errors[0], StringComparison.Ordinal);
        Assert.Contains("no manifest.json in it", errors[1], StringComparison.Ordinal);
        Assert.Contains("not as cortex writes it", errors[2], StringComparison.Ordinal);
        Assert.Contains("no row of", errors[3], StringComparison.Ordinal);
    }

    private void Sweep(string output, params string[] set)
    {
        var options = new SweepOptions { File = Files.WriteSmall(folder), ResultsFolder = folder[output], Set = set };
        Assert.Equal(ExitCode.Ok, Experiments.Sweep.Run(options, new AnalyticRunner(), console.Console, console.Errors, CancellationToken.None));
    }

    private int Compare(string first, string second, string? csv = null)
    {
        console.Clear();
        var options = new CompareOptions { First = folder[first], Second = folder[second], Csv = csv is null ? null : folder[csv] };
        return Experiments.Compare.Run(options, console.Console, console.Errors, CancellationToken.None);
    }
}
