using Cortex.Experiments;

namespace Cortex.Cli.Tests;

/// <summary>A live run is killed where it stands: what its journal holds until then replays.</summary>
public sealed class KilledRunTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(5_000, 0)]
    [InlineData(20_000, 3)]
    [InlineData(60_000, 17)]
    [InlineData(60_000, 141)]
    [InlineData(150_000, 7)]
    public async Task The_journal_of_a_killed_run_replays_as_far_as_it_goes(long bytes, int milliseconds)
    {
        using var workplace = new Workplace();
        await workplace.KillAsync("run --live experiments/live-quickstart.yaml --journal run.journal", "run.journal", bytes, TimeSpan.FromMilliseconds(milliseconds));
        long left = new FileInfo(workplace["run.journal"]).Length;
        Outcome replay = await workplace.RunAsync("replay run.journal");
        Assert.Equal(ExitCode.Ok, replay.ExitCode);
        Assert.StartsWith("identical: ", replay.Output, StringComparison.Ordinal);
        Assert.StartsWith("warning: run.journal: the ", Assert.Single(replay.ErrorLines), StringComparison.Ordinal);
        // Reading changes nothing.
        Assert.Equal(left, new FileInfo(workplace["run.journal"]).Length);
        Assert.False(File.Exists(workplace["results/live-quickstart/run/results.csv"]));
    }
}
