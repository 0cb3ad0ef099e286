using System.Text.Json;
using Cortex.Experiments;

namespace Cortex.Cli.Tests;

public sealed class InterruptTests
{
    private const string Sweep = "sweep experiments/quickstart.yaml --jobs 2 --set policies=baseline,prefix workload.load=4,8 repeat=15";

    [Fact]
    public async Task An_interrupted_sweep_keeps_whole_cells_and_a_rerun_goes_on_from_there()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        using var workplace = new Workplace();
        Outcome interrupted = await workplace.InterruptAsync(Sweep, "[3/60]");
        Assert.Equal(ExitCode.Interrupted, interrupted.ExitCode);
        Assert.Equal("interrupted; what was finished is kept", Assert.Single(interrupted.ErrorLines));
        string results = workplace["results/quickstart"];
        string[] cells = Directory.GetFiles(results, "*", SearchOption.AllDirectories);
        Assert.InRange(cells.Length, 3, 59);
        Assert.All(cells, cell =>
        {
            Assert.Equal(".json", Path.GetExtension(cell));
            using JsonDocument whole = JsonDocument.Parse(File.ReadAllText(cell));
            Assert.Equal(Path.GetFileNameWithoutExtension(cell), whole.RootElement.GetProperty("key").GetString());
        });

        Outcome rerun = await workplace.RunAsync(Sweep);
        Assert.Equal(ExitCode.Ok, rerun.ExitCode);
        Assert.Contains($"{60 - cells.Length} cells to run, {cells.Length} found finished", rerun.Output, StringComparison.Ordinal);
        Assert.Equal(1 + 4, File.ReadAllLines(Path.Combine(results, "results.csv")).Length);
    }
}
