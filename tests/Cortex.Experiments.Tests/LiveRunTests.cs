using Cortex.Experiments.Config;
using Cortex.Testing;
using Xunit;

namespace Cortex.Experiments.Tests;

/// <summary>Live runs on engines that compute.</summary>
public sealed class LiveRunTests : IDisposable
{
    private static readonly string Quickstart = Path.Combine(Shared.Solution, "experiments", "live-quickstart.yaml");
    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_live_quickstart_computes_runs_its_tools_and_replays_as_planned_and_executed()
    {
        Assert.Equal(ExitCode.Ok, Run(new() { File = Quickstart, Live = true, ResultsFolder = folder["live"], Journal = folder["run.journal"] }));
        Assert.Contains("tools run: 40 (8 empty, 8 error, 24 ok); otherwise than the trace says: 0", console.Text, StringComparison.Ordinal);
        Assert.Contains("Step times: live engines (measured: ", console.Text, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, Replay(folder["run.journal"]));
        Assert.Contains("identical: ", console.Text, StringComparison.Ordinal);
        string executed = console.Text[console.Text.IndexOf("executed: ", StringComparison.Ordinal)..].Split('\n')[0];
        string[] words = executed.Split(' ');
        Assert.Equal(words[1], words[3]);
        Assert.Empty(console.Errors.ToString());
        // The same files as a simulated run of the same experiment, with the same calls.
        Assert.Equal(ExitCode.Ok, Run(new() { File = Quickstart, ResultsFolder = folder["simulated"] }));
        foreach (string file in (string[])["calls.csv", "results.csv"])
        {
            string[] live = File.ReadAllLines(folder[$"live/live-quickstart/run/{file}"]), simulated = File.ReadAllLines(folder[$"simulated/live-quickstart/run/{file}"]);
            Assert.Equal(simulated[0], live[0]);
            Assert.Equal(simulated.Length, live.Length);
        }
        Assert.Equal(Names(folder["simulated/live-quickstart/run"]), Names(folder["live/live-quickstart/run"]));
        Assert.Contains(",measured,", File.ReadAllLines(folder["live/live-quickstart/run/results.csv"])[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Engines_that_compute_cannot_be_hurried()
    {
        Assert.Equal(ExitCode.BadInput, Run(new() { File = Quickstart, Live = true, Speed = 2, ResultsFolder = folder["live"] }));
        Assert.Contains("--speed does not go with engine: cpu; allowed: with engine: paced", console.Errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Engines_that_no_memory_holds_together_are_told()
    {
        Assert.Equal(ExitCode.BadInput, Run(new() { File = Quickstart, Live = true, ResultsFolder = folder["live"], Set = ["cluster.engines.count=60000", "cluster.engines.num_blocks=100000"] }));
        Assert.Contains("no memory for 100000 blocks of KV, 16 tokens each, in 60000 engines; allowed: ", console.Errors.ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(string folder) => Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)!;

    private int Run(RunOptions options) => SingleRun.Run(options, console.Console, console.Errors, default);

    private int Replay(string journal) => Experiments.Replay.Run(new() { Journal = journal }, console.Console, console.Errors, default);
}
