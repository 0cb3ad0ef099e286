using Cortex.Experiments;

namespace Cortex.Cli.Tests;

/// <summary>A live run is killed where it stands (SIGKILL): what its journal holds until then replays, also where the disk lost a piece of the end.</summary>
public sealed class KilledRunTests
{
    private const int LongestHeader = 10_000;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(12_000, 1)]
    [InlineData(40_000, 0)]
    [InlineData(60_000, 17)]
    [InlineData(100_000, 2)]
    [InlineData(150_000, 7)]
    [InlineData(150_000, 60)]
    public async Task The_journal_of_a_killed_run_replays_as_far_as_it_goes(long bytes, int milliseconds)
    {
        using var workplace = new Workplace();
        await workplace.KillAsync("run --live experiments/live-quickstart.yaml --journal run.journal", "run.journal", bytes, TimeSpan.FromMilliseconds(milliseconds));
        byte[] left = File.ReadAllBytes(workplace["run.journal"]);
        Outcome replay = await workplace.RunAsync("replay run.journal");
        Assert.Equal(ExitCode.Ok, replay.ExitCode);
        Assert.StartsWith("identical: ", replay.Output, StringComparison.Ordinal);
        Assert.StartsWith("warning: run.journal: the ", Assert.Single(replay.ErrorLines), StringComparison.Ordinal);
        // Reading changes nothing.
        Assert.Equal(left, File.ReadAllBytes(workplace["run.journal"]));
        Assert.False(File.Exists(workplace["results/live-quickstart/run/results.csv"]));
        for (int length = left.Length - 1; length > Math.Max(LongestHeader, left.Length - 250); length -= 7)
        {
            File.WriteAllBytes(workplace["torn.journal"], left[..length]);
            Outcome torn = Command.Run("replay", workplace["torn.journal"]);
            Assert.Equal(ExitCode.Ok, torn.ExitCode);
            Assert.StartsWith("identical: ", torn.Output, StringComparison.Ordinal);
            Assert.Single(torn.ErrorLines);
        }
    }
}
