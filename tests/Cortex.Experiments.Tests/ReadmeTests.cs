using System.Text.RegularExpressions;
using Cortex.Testing;
using Xunit;

namespace Cortex.Experiments.Tests;

/// <summary>What the README shows is what the program does.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_figure_is_the_quickstarts()
    {
        var options = new SweepOptions { File = Path.Combine(Shared.Solution, "experiments", "quickstart.yaml"), ResultsFolder = folder["out"] };
        Assert.Equal(ExitCode.Ok, Sweep.Run(options, console.Console, console.Errors, CancellationToken.None));
        string drawn = File.ReadAllText(folder["out/quickstart/figures/ttft.svg"]);
        string shown = Path.Combine(Shared.Solution, "docs", "figures", "quickstart-ttft.svg");
        Assert.True(drawn == File.ReadAllText(shown), $"{shown} is not what `cortex sweep experiments/quickstart.yaml` draws: copy results/quickstart/figures/ttft.svg there");
    }

    [Fact]
    public void The_first_own_experiment_runs_as_it_stands()
    {
        string yaml = Sample().Match(File.ReadAllText(Path.Combine(Shared.Solution, "README.md")).ReplaceLineEndings("\n")).Groups[1].Value;
        string trace = Path.Combine(Shared.Solution, "traces", "nl2sql.jsonl");
        string file = folder.Write("first.yaml", yaml.Replace("traces/nl2sql.jsonl", trace, StringComparison.Ordinal));
        Assert.Equal(ExitCode.Ok, Sweep.Run(
            new SweepOptions { File = file, ResultsFolder = folder["out"], Plan = true, Set = ["cluster.engines.gpu.count=2,3,4"] }, console.Console, console.Errors, CancellationToken.None));
        Assert.Contains("first: 3 policy sets × 9 points × 3 repetitions = 81 cells", console.Text, StringComparison.Ordinal);
        Assert.Matches(@"estimate: 81 cells to run with at most [\d,]+ calls: about \d+ s at 25,000 calls a second and job", console.Text);
        Assert.Equal(ExitCode.Ok, SingleRun.Run(
            new RunOptions { File = file, ResultsFolder = folder["out"], PolicySet = "quick", Set = ["workload.load=8"] }, console.Console, console.Errors, CancellationToken.None));
        Assert.True(File.Exists(folder["out/first/run/report.html"]));
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample();
}
