using System.Text.RegularExpressions;
using Xunit;

namespace Cortex.Experiments.Tests;

public sealed partial class ReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_sweep_writes_one_page_that_needs_nothing_beside_it()
    {
        string page = Swept(new AnalyticRunner());
        Assert.Contains("small/report.html", console.Text.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.DoesNotMatch(Outside(), page);
        Assert.Contains("3 policy sets × 3 points × 3 repetitions; 10,800 of", page, StringComparison.Ordinal);
        Assert.Contains("Step times: roofline (functional: not calibrated against a machine).", page, StringComparison.Ordinal);
        Assert.Contains("<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"ttft\"", page, StringComparison.Ordinal);
        Assert.Contains("<strong>prefix-aware", page, StringComparison.Ordinal);
        Assert.Contains("&quot;baseline&quot;: &quot;baseline&quot;", page, StringComparison.Ordinal);
        Assert.Equal(Regex.Count(page, "<tr[ >]"), Regex.Count(page, "</tr>"));
    }

    [Fact]
    public void What_was_refused_and_what_failed_stands_on_top()
    {
        string page = Swept(new AnalyticRunner { Fails = cell => cell.Policies.Name == "short" && cell.Workload.Load == 4 && cell.Seed == 8 }, ExitCode.SomeCellsFailed);
        Assert.Contains("<li>Cell without a result: short, workload.load=4, seed 8: failed: InvalidOperationException: the queue broke</li>", page, StringComparison.Ordinal);
        Assert.Contains("<li>42 calls refused.</li>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_is_made_again_from_the_folder_to_the_byte()
    {
        string page = Swept(new AnalyticRunner());
        File.Delete(folder["out/small/report.html"]);
        Directory.Delete(folder["out/small/figures"], recursive: true);
        Assert.Equal(ExitCode.Ok, Reporting.Run(new ReportOptions { Folder = folder["out/small"] }, console.Console, console.Errors, CancellationToken.None));
        Assert.Equal(page, File.ReadAllText(folder["out/small/report.html"]));
        Assert.True(File.Exists(folder["out/small/figures/ttft.svg"]));
    }

    [Fact]
    public void Figures_of_an_earlier_run_are_gone_and_other_files_stay()
    {
        Swept(new AnalyticRunner());
        string own = folder.Write("out/small/figures/mine.gp", "# my own\nplot x\n");
        foreach (string ending in (string[])["svg", "csv", "gp", "png"])
        {
            File.Copy(folder[$"out/small/figures/ttft.{(ending == "png" ? "svg" : ending)}"], folder[$"out/small/figures/old.{ending}"]);
        }
        string script = folder["out/small/figures/old.gp"];
        File.WriteAllText(script, File.ReadAllText(script).Replace("gnuplot ttft.gp", "gnuplot old.gp", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Ok, Reporting.Run(new ReportOptions { Folder = folder["out/small"] }, console.Console, console.Errors, CancellationToken.None));
        Assert.Empty(Directory.GetFiles(folder["out/small/figures"], "old.*"));
        Assert.True(File.Exists(own));
        Assert.True(File.Exists(folder["out/small/figures/ttft.gp"]));
    }

    [Fact]
    public void A_cell_that_was_lost_is_told_of()
    {
        Swept(new AnalyticRunner());
        File.Delete(Directory.GetFiles(folder["out/small/cells"])[0]);
        Assert.Equal(ExitCode.Ok, Reporting.Run(new ReportOptions { Folder = folder["out/small"] }, console.Console, console.Errors, CancellationToken.None));
        Assert.Contains(": its file is not there, or damaged</li>", File.ReadAllText(folder["out/small/report.html"]), StringComparison.Ordinal);
        Assert.Matches("warning: no result of .*, workload.load=[148], seed [789]: its file is not there, or damaged", console.Text);
        Assert.Contains("warning: 1 cell is left out of the report; the command that made the folder computes what is missing", console.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "holds no manifest.json; allowed: a folder that sweep or run wrote")]
    [InlineData("{", "is no manifest of this program: no valid JSON at line 1, byte 2; allowed")]
    [InlineData("{\"rows\": 5}", "is no manifest of this program: a ")]
    [InlineData("[]", "is no manifest of this program")]
    public void A_folder_without_results_is_bad_input(string? manifest, string message)
    {
        if (manifest is not null)
        {
            folder.Write("empty/manifest.json", manifest);
        }
        Assert.Equal(ExitCode.BadInput, Reporting.Run(new ReportOptions { Folder = folder["empty"] }, console.Console, console.Errors, CancellationToken.None));
        Assert.Contains(message, Assert.Single(console.Errors.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["empty/report.html"]));
    }

    [Fact]
    public void A_run_has_a_report_too()
    {
        Assert.Equal(ExitCode.Ok, SingleRun.Run(new RunOptions { ResultsFolder = folder["out"] }, console.Console, console.Errors, CancellationToken.None));
        string page = File.ReadAllText(folder["out/quickstart/run/report.html"]);
        Assert.Contains("id=\"tail-ttft\"", page, StringComparison.Ordinal);
        // For p99.9 there are too few calls.
        Assert.Contains("TTFT<small>p90 ms</small>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("p99.9 ms", page, StringComparison.Ordinal);
        Assert.Contains("id=\"kv-load-8\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"throughput\"", page, StringComparison.Ordinal);
        Assert.Contains("figures in ", console.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_load_does_not_vary_figures_are_drawn_against_what_does()
    {
        var options = new SweepOptions
        {
            File = Files.WriteSmall(folder), ResultsFolder = folder["out"], Set = ["workload.load=4", "cluster.engines.sql.block_size=16,32"],
        };
        Assert.Equal(ExitCode.Ok, Sweep.Run(options, new AnalyticRunner(), console.Console, console.Errors, CancellationToken.None));
        Assert.Contains(">Time to first token against block_size<", File.ReadAllText(folder["out/small/figures/ttft.svg"]), StringComparison.Ordinal);
    }

    /// <summary>The page of the small experiment.</summary>
    private string Swept(AnalyticRunner runner, int expected = ExitCode.Ok)
    {
        var options = new SweepOptions { File = Files.WriteSmall(folder), ResultsFolder = folder["out"] };
        Assert.Equal(expected, Sweep.Run(options, runner, console.Console, console.Errors, CancellationToken.None));
        return File.ReadAllText(folder["out/small/report.html"]);
    }

    [GeneratedRegex("""(src|href)=["'](?!#)|@import|url\((?!#)|https?://(?!www\.w3\.org/2000/svg)""")]
    private static partial Regex Outside();
}
