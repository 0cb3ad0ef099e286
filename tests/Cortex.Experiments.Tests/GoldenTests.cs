using Cortex.Experiments.Figures.Drawing;
using Cortex.Experiments.Figures.Files;
using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class GoldenTests
{
    [Fact]
    public void Golden_results_of_the_small_experiment()
    {
        using var folder = new TemporaryFolder();
        var console = new TestConsole();
        var options = new SweepOptions { File = Files.WriteSmall(folder), ResultsFolder = folder["out"] };
        Assert.Equal(ExitCode.Ok, Sweep.Run(options, new AnalyticRunner(), console.Console, console.Errors, CancellationToken.None));
        Golden.Assert("small-results.csv", File.ReadAllText(folder["out/small/results.csv"]));
        Golden.Assert("small-ttft.svg", File.ReadAllText(folder["out/small/figures/ttft.svg"]));
        Golden.Assert("small-ttft.csv", File.ReadAllText(folder["out/small/figures/ttft.csv"]));
    }

    [Fact]
    public void Golden_figure() => Golden.Assert("figure.svg", SvgFigure.Text(SvgFigureTests.Example));

    [Fact]
    public void Golden_script_of_a_figure() => Golden.Assert("figure.gp", GnuplotScript.Text(SvgFigureTests.Example) + GnuplotScript.Text(SvgFigureTests.Bars));
}
