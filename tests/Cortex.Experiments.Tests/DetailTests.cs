using Cortex.Experiments.Cells;
using Cortex.Experiments.Details;
using Cortex.Experiments.Figures;
using Cortex.Experiments.Figures.Charts;
using Cortex.Policies;
using Cortex.Serving;
using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class DetailTests
{
    [Fact]
    public void A_tail_is_made_of_quantiles()
    {
        TailCurve tail = TailCurve.Of([.. Enumerable.Range(0, 1001).Select(value => (double)(1000 - value))])!;
        Assert.Equal(1001, tail.Samples);
        Assert.Equal(TailCurve.Shares.Count, tail.Seconds.Count);
        for (int level = 0; level < tail.Seconds.Count; level++)
        {
            Assert.Equal(1000 * (1 - TailCurve.Shares[level]), tail.Seconds[level], 1e-9);
        }
        Assert.Null(TailCurve.Of([]));
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(20, 20)]
    [InlineData(137, 20)]
    public void Workflows_are_divided_into_groups_from_the_quickest_to_the_slowest(int count, int expected)
    {
        (int, WorkflowBlame)[] workflows = [.. Enumerable.Range(0, count).Select(tag =>
            (tag, new WorkflowBlame() with { Queue = Duration.FromSeconds((tag * 61) % count), Decode = Duration.FromSeconds(1) }))];
        IReadOnlyList<BlameGroup> groups = BlameProfile.Of(workflows);
        Assert.Equal(expected, groups.Count);
        Assert.Equal(count, groups.Sum(group => group.Workflows));
        Assert.InRange(groups.Max(group => group.Workflows) - groups.Min(group => group.Workflows), 0, 1);
        Assert.Equal(groups.OrderBy(group => group.Seconds[0]), groups);
        Assert.Equal(workflows.Average(one => one.Item2.Total.Seconds), groups.Sum(group => group.Workflows * group.Seconds.Sum()) / count, 1e-9);
    }

    [Fact]
    public void A_sweep_in_the_simulator_has_every_figure_and_a_policy_one_colour_in_all_of_them()
    {
        using var folder = new TemporaryFolder();
        var console = new TestConsole();
        var options = new SweepOptions { Set = ["workload.load=4,14", "policies=baseline,isolated"], Repeat = 2, ResultsFolder = folder["out"] };
        Assert.Equal(ExitCode.Ok, Sweep.Run(options, console.Console, console.Errors, CancellationToken.None));
        string figures = folder["out/quickstart/figures"];
        string[] expected =
        [
            "blame", "hit-rate", "kv-load-14", "kv-load-4", "pareto-ttft", "pareto-workflow", "tail-tpot", "tail-ttft", "tail-workflow", "throughput", "tpot", "ttft",
            "workflow", "workflows-load-14", "workflows-load-4",
        ];
        Assert.Equal(expected, Directory.GetFiles(figures, "*.svg").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));
        foreach (string name in expected)
        {
            Assert.True(File.Exists(Path.Combine(figures, $"{name}.csv")) && File.Exists(Path.Combine(figures, $"{name}.gp")), name);
            string svg = File.ReadAllText(Path.Combine(figures, $"{name}.svg"));
            Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
            foreach ((string policy, int index) in new[] { ("baseline", 0), ("isolated", 1) })
            {
                int at = svg.IndexOf($"data-series=\"{policy}\"", StringComparison.Ordinal);
                Assert.True(at < 0 || svg[at..].IndexOf(Palette.Policy(index), StringComparison.Ordinal) is > 0 and < 700, $"{name}: {policy}");
            }
        }
        Assert.Contains("isolated,sql.fix,in use,", File.ReadAllText(Path.Combine(figures, "kv-load-14.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_finished_cell_keeps_its_details()
    {
        using var folder = new TemporaryFolder();
        var console = new TestConsole();
        var options = new SweepOptions { Set = ["workload.load=4", "policies=baseline"], Repeat = 1, ResultsFolder = folder["out"] };
        Assert.Equal(ExitCode.Ok, Sweep.Run(options, console.Console, console.Errors, CancellationToken.None));
        string key = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(folder["out/quickstart/cells"], "*.json")));
        CellDetail detail = new CellStore(folder["out/quickstart/cells"]).TryRead(key)!.Detail;
        Assert.Equal([MetricNames.Ttft, MetricNames.Tpot, MetricNames.Workflow], detail.Tails.Keys);
        Assert.Equal(600, detail.Tails[MetricNames.Workflow].Samples);
        Assert.Equal(20, detail.Blame.Count);
        Assert.Equal(["all stages"], detail.Kv.Pools.Select(pool => pool.Name));
        Assert.InRange(detail.Kv.Pools[0].Used.Count, 32, 63);
        Assert.All(detail.Kv.Pools[0].Used.Zip(detail.Kv.Pools[0].Cached), look => Assert.True(look.First is >= 0 and <= 1 && look.Second is >= 0 and <= 1));
    }
}
