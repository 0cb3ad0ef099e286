using Cortex.Experiments.Figures;
using Xunit;

namespace Cortex.Experiments.Tests;

/// <summary>Outputs that must stay the same to the byte, on every machine and in every build.</summary>
public sealed class GoldenTests
{
    [Fact]
    public void Golden_results_of_the_small_experiment()
    {
        using var folder = new TemporaryFolder();
        var console = new TestConsole();
        var options = new SweepOptions { File = Files.WriteSmall(folder), ResultsFolder = folder["out"] };
        Assert.Equal(ExitCode.Ok, Sweep.Run(options, new AnalyticRunner(), console.Console, console.Errors, CancellationToken.None));
        AssertGolden("small-results.csv", File.ReadAllText(folder["out/small/results.csv"]));
        AssertGolden("small-ttft.svg", File.ReadAllText(folder["out/small/figures/ttft.svg"]));
        AssertGolden("small-ttft.csv", File.ReadAllText(folder["out/small/figures/ttft.csv"]));
    }

    [Fact]
    public void Golden_figure() => AssertGolden("figure.svg", SvgFigure.Text(SvgFigureTests.Example));

    /// <summary>On a difference the new text lies beside the golden, ready to be looked at and copied.</summary>
    private static void AssertGolden(string name, string actual)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Goldens", name);
        string expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (expected != actual)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText($"{path}.new", actual);
        }
        Assert.Equal(expected, actual);
    }
}
