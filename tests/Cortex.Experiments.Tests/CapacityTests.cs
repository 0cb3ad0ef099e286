using System.Globalization;
using Cortex.Experiments.Capacity;
using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class CapacityTests : IDisposable
{
    private static readonly string[] TtftOnly = ["slo.tpot=null", "workload.load=1"];

    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, 7.3)]
    [InlineData(100, 7.3)]
    [InlineData(7.3, 7.3)]
    [InlineData(0.001, 3)]
    [InlineData(5, 12_345)]
    public void Bisection_finds_the_largest_load_within_the_tolerance(double start, double truth)
    {
        var search = new LoadBisection(start, whole: false, 0.01);
        int probes = Play(search, load => load <= truth);
        // Loads have three digits.
        Assert.InRange(search.Held, truth / 1.021, truth);
        Assert.True(search.Failed > truth);
        Assert.InRange(probes, 2, 25);
    }

    [Theory]
    [InlineData(1, 13)]
    [InlineData(8, 13)]
    [InlineData(64, 1)]
    public void Users_are_found_exactly(double start, int truth)
    {
        var search = new LoadBisection(start, whole: true, 0.001);
        Play(search, load => load <= truth);
        Assert.Equal((truth, truth + 1), (search.Held, search.Failed));
    }

    [Fact]
    public void A_search_ends_where_nothing_holds_or_everything_does()
    {
        var nothing = new LoadBisection(8, whole: true, 0.02);
        Play(nothing, _ => false);
        Assert.Equal(0, nothing.Held);
        var never = new LoadBisection(8, whole: false, 0.02);
        Assert.InRange(Play(never, _ => false), 2, 20);
        var everything = new LoadBisection(8, whole: false, 0.02);
        Play(everything, _ => true);
        Assert.True(double.IsInfinity(everything.Failed));
        Assert.True(everything.Held > 10_000);
    }

    [Fact]
    public void Each_policy_has_its_capacity_with_an_interval_and_a_paired_difference()
    {
        Assert.Equal(ExitCode.Ok, Run(new AnalyticRunner(), TtftOnly));
        // p99 = 3 × noise / (5 − load) ≤ 2 s with noise between 1 and 1.1; prefix-aware routing has 10 in place of 5.
        Dictionary<string, double> capacity = Capacities();
        Assert.InRange(capacity["baseline"], 3.25, 3.5);
        Assert.InRange(capacity["aware"], 8.15, 8.5);
        Assert.Equal(capacity["baseline"], capacity["short"]);
        Assert.Contains("capacity", console.Text, StringComparison.Ordinal);
        Assert.Contains("†", console.Text, StringComparison.Ordinal);
        string[] probes = File.ReadAllLines(folder["out/small/capacity_probes.csv"]);
        Assert.StartsWith("policy,workload.load,seed,meets_slo,", probes[0], StringComparison.Ordinal);
        Assert.Contains(probes, line => line.Contains(",true,", StringComparison.Ordinal));
        Assert.Contains(probes, line => line.Contains(",false,", StringComparison.Ordinal));
    }

    [Fact]
    public void A_search_has_a_report_with_capacities_and_the_loads_on_the_way()
    {
        Assert.Equal(ExitCode.Ok, Run(new AnalyticRunner(), TtftOnly));
        string report = folder["out/small/capacity/report.html"];
        string page = File.ReadAllText(report);
        Assert.Contains("<h3>Every load that was tried</h3>", page, StringComparison.Ordinal);
        Assert.Contains("id=\"capacity\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"ttft\"", page, StringComparison.Ordinal);
        Assert.Contains("functional: not calibrated", page, StringComparison.Ordinal);
        string[] figure = File.ReadAllLines(folder["out/small/capacity/figures/capacity.csv"]);
        Assert.Equal(1 + 3, figure.Length);
        // The same numbers in the same places as in capacity.csv.
        string[][] table = [.. File.ReadAllLines(folder["out/small/capacity.csv"]).Select(line => line.Split(','))];
        int column = Array.IndexOf(table[0], "capacity_load");
        Assert.Equal(table[1..].Select(row => (row[0], row[column])), figure[1..].Select(line => line.Split(',')).Select(row => (row[1], row[3])));

        File.Delete(report);
        Assert.Equal(ExitCode.Ok, Reporting.Run(new ReportOptions { Folder = folder["out/small/capacity"] }, console.Console, console.Errors, CancellationToken.None));
        Assert.Equal(page, File.ReadAllText(report));
    }

    [Fact]
    public void An_interrupted_search_goes_on_where_it_was()
    {
        using var stop = new CancellationTokenSource();
        int started = 0;
        var first = new AnalyticRunner
        {
            Before = _ =>
            {
                if (++started == 20)
                {
                    stop.Cancel();
                }
            },
        };
        Assert.Equal(ExitCode.Interrupted, Run(first, TtftOnly, stop.Token));
        var rest = new AnalyticRunner();
        Assert.Equal(ExitCode.Ok, Run(rest, TtftOnly));
        var again = new AnalyticRunner { Preparing = () => Assert.Fail("nothing is left to be run") };
        Assert.Equal(ExitCode.Ok, Run(again, TtftOnly));
        Assert.Equal(Directory.GetFiles(folder["out/small/cells"]).Length, first.Ran.Count + rest.Ran.Count);
        string whole = File.ReadAllText(folder["out/small/capacity.csv"]);
        Directory.Delete(folder["out"], recursive: true);
        Assert.Equal(ExitCode.Ok, Run(new AnalyticRunner(), TtftOnly));
        Assert.Equal(whole, File.ReadAllText(folder["out/small/capacity.csv"]));
    }

    [Fact]
    public void Where_nothing_meets_the_slo_it_is_told()
    {
        Assert.Equal(ExitCode.Ok, Run(new AnalyticRunner(), ["slo.tpot=null", "slo.ttft=1ms", "workload.load=1", "policies=baseline"]));
        Assert.Contains("no load met the SLO in 3 of 3 searches", console.Text, StringComparison.Ordinal);
        Assert.Equal(0, Capacities()["baseline"]);
    }

    [Theory]
    [InlineData("slo has no bound", "slo.tpot=null", "slo.ttft=null")]
    [InlineData("capacity.percentile: unknown value '95'", "capacity.percentile=95")]
    [InlineData("capacity.tolerance: '0' cannot be used; allowed: a share from 0.1% to 100%", "capacity.tolerance=0")]
    public void Faults_are_told(string what, params string[] set)
    {
        Assert.Equal(ExitCode.BadInput, Run(new AnalyticRunner(), set));
        Assert.Contains(what, console.Errors.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void A_failing_cell_gives_up_its_search_only()
    {
        var runner = new AnalyticRunner { Fails = cell => cell.Policies.Name == "aware" && cell.Seed == 8 };
        Assert.Equal(ExitCode.SomeCellsFailed, Run(runner, TtftOnly));
        Assert.InRange(Capacities()["aware"], 8.15, 8.5);
        Assert.Contains("cell failed: aware, workload.load=1, repetition 2", console.Errors.ToString(), StringComparison.Ordinal);
    }

    private static int Play(LoadBisection search, Func<double, bool> holds)
    {
        int probes = 0;
        while (search.Next is { } load)
        {
            search.Tell(holds(load));
            Assert.InRange(++probes, 1, 100);
        }
        return probes;
    }

    private Dictionary<string, double> Capacities()
    {
        string[][] lines = [.. File.ReadAllLines(folder["out/small/capacity.csv"]).Select(line => line.Split(','))];
        int column = Array.IndexOf(lines[0], "capacity_load");
        return lines.Skip(1).ToDictionary(line => line[0], line => double.Parse(line[column], CultureInfo.InvariantCulture));
    }

    private int Run(AnalyticRunner runner, string[] set, CancellationToken cancellation = default)
    {
        var options = new CapacityOptions { File = Files.WriteSmall(folder), ResultsFolder = folder["out"], Set = set, Jobs = 1 };
        return CapacityCommand.Run(options, runner, console.Console, console.Errors, cancellation);
    }
}
