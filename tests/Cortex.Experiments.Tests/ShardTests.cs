using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class ShardTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Shards_of_several_machines_merge_into_the_results_of_one()
    {
        Assert.Equal(ExitCode.Ok, Run(new AnalyticRunner(), "whole"));
        int ran = 0;
        foreach (string shard in (string[])["1/4", "2/4", "3/4", "4/4"])
        {
            var runner = new AnalyticRunner();
            Assert.Equal(ExitCode.Ok, Run(runner, $"machine{shard[0]}", shard));
            Assert.InRange(runner.Ran.Count, 6, 7);
            ran += runner.Ran.Count;
            Assert.False(File.Exists(folder[$"machine{shard[0]}/small/results.csv"]));
        }
        Assert.Equal(27, ran);
        var rest = new AnalyticRunner { Preparing = () => Assert.Fail("everything was computed") };
        Assert.Equal(ExitCode.Ok, Run(rest, "merged", null, folder["machine1"], folder["machine2/small"], folder["machine3"], folder["machine4"]));
        Assert.Equal(File.ReadAllText(folder["whole/small/results.csv"]), File.ReadAllText(folder["merged/small/results.csv"]));
    }

    [Fact]
    public void Shards_may_share_a_folder()
    {
        Assert.Equal(ExitCode.Ok, Run(new AnalyticRunner(), "out", "1/2"));
        Assert.Equal(ExitCode.Ok, Run(new AnalyticRunner(), "out", "2/2"));
        var rest = new AnalyticRunner();
        Assert.Equal(ExitCode.Ok, Run(rest, "out"));
        Assert.Empty(rest.Ran);
    }

    [Fact]
    public void A_missing_shard_is_computed_where_the_others_are_merged()
    {
        Assert.Equal(ExitCode.Ok, Run(new AnalyticRunner(), "machine1", "1/3"));
        var rest = new AnalyticRunner();
        Assert.Equal(ExitCode.Ok, Run(rest, "merged", null, folder["machine1"]));
        Assert.Equal(18, rest.Ran.Count);
        Assert.Contains("9 finished cells taken over", console.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("1/0")]
    [InlineData("1")]
    [InlineData("a/b")]
    [InlineData("1/2/3")]
    [InlineData("-1/4")]
    public void Other_parts_are_refused(string text) =>
        Assert.Contains("allowed: i/n", Assert.Throws<InputException>(() => Shard.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_folder_without_cells_is_told()
    {
        Assert.Equal(ExitCode.BadInput, Run(new AnalyticRunner(), "out", null, folder["none"]));
        Assert.Contains("none: no small/cells in it; allowed: the results folder", console.Errors.ToString().Replace('\\', '/'), StringComparison.Ordinal);
    }

    private int Run(AnalyticRunner runner, string output, string? shard = null, params string[] merge)
    {
        var options = new SweepOptions { File = Files.WriteSmall(folder), ResultsFolder = folder[output], Shard = shard, Merge = merge };
        return Sweep.Run(options, runner, console.Console, console.Errors, CancellationToken.None);
    }
}
