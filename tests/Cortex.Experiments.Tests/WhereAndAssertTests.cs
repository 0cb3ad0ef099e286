using Cortex.Experiments.Config;
using Cortex.Policies.Registry;
using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class WhereAndAssertTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("load >= 4", "4,8")]
    [InlineData("workload.load != 4", "1,8")]
    [InlineData("load*2 <= num_blocks/250", "1")]
    public void Points_that_do_not_meet_a_condition_are_left_out(string where, string loads)
    {
        Experiment experiment = Load(new Overrides { Set = ["cluster.engines.num_blocks=500,1000"], Where = [where, "num_blocks == 500"] });
        Assert.Equal(loads, string.Join(',', experiment.Points.Select(point => point.Settings.Workload.Load)));
        Assert.All(experiment.Points, point => Assert.Equal(500, point.Settings.Engines[0].Settings.NumBlocks));
    }

    [Fact]
    public void Points_left_out_need_not_be_possible()
    {
        // A load of 0 would be refused.
        Experiment experiment = Load(new Overrides { Set = ["workload.load=0,1"], Where = ["load > 0"] });
        Assert.Single(experiment.Points);
    }

    [Fact]
    public void Conditions_may_stand_in_the_file()
    {
        folder.Write("trace.jsonl", "{}\n");
        string file = folder.Write("w.yaml", Files.Small + "where: [load > 1, load < 8]\nassert: p99.ttft < 10s\n");
        Experiment experiment = new ExperimentLoader(new PolicyRegistry()).Load(file, []);
        Assert.Equal([4.0], experiment.Points.Select(point => point.Settings.Workload.Load));
        Assert.Equal("p99.ttft < 10s", Assert.Single(experiment.Assertions).Text);
    }

    [Theory]
    [InlineData("laod > 1", "--where laod > 1: where: unknown axis 'laod'; the nearest is 'load'; known: load")]
    [InlineData("load > 100", "where: no point of the axes meets all conditions")]
    [InlineData("load >", "it ends too early")]
    public void Faults_are_told(string where, string what)
    {
        var fault = Assert.Throws<InputException>(() => Load(new Overrides { Where = [where] }));
        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_of_an_axis_can_be_compared()
    {
        Experiment experiment = Load(new Overrides { Set = ["policies.short.routing=random,round-robin"], Where = ["routing == random"] });
        Assert.All(experiment.Points, point => Assert.Equal("random", point.Values[1]));
        Assert.Throws<InputException>(() => Load(new Overrides { Set = ["policies.short.routing=random,round-robin"], Where = ["routing == randm"] }));
    }

    [Fact]
    public void An_assertion_that_does_not_hold_is_exit_code_1_and_tells_the_rows()
    {
        Assert.Equal(ExitCode.FailedAssertion, Sweep("p99.ttft < 3s", "policy != aware or hit_rate > 70%"));
        string[] errors = console.Errors.ToString().TrimEnd().Split(Environment.NewLine);
        Assert.Equal(5, errors.Length);
        Assert.Equal("assertion failed in 4 of 9 rows: p99.ttft < 3s", errors[0]);
        Assert.StartsWith("  baseline, workload.load=4: p99.ttft is 3.", errors[1], StringComparison.Ordinal);
        Assert.Contains("assertion holds in all 9 rows: policy != aware or hit_rate > 70%", console.Text, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["out/small/results.csv"]));
    }

    [Fact]
    public void Assertions_that_hold_are_exit_code_0() => Assert.Equal(ExitCode.Ok, Sweep("ttft.p99 < 1min", "calls_refused <= 21 or load < 8", "goodput > 0"));

    [Fact]
    public void What_was_not_measured_meets_no_assertion()
    {
        Assert.Equal(ExitCode.FailedAssertion, Sweep("p50.tpot < 1h"));
        Assert.Contains("p50.tpot was not measured", console.Errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p95.ttft < 1s", "unknown name 'p95.ttft'; the nearest is 'p90.ttft'")]
    [InlineData("hit_rat > 0.5", "unknown name 'hit_rat'; the nearest is 'hit_rate'")]
    [InlineData("policy == awre", "unknown name 'awre'")]
    [InlineData("p99.itl < 1s", "assert: p99.itl is not measured; allowed: with statistics.itl=true")]
    public void Names_that_no_row_has_are_bad_input_before_anything_runs(string assertion, string what)
    {
        var runner = new AnalyticRunner();
        Assert.Equal(ExitCode.BadInput, Sweep(runner, assertion));
        Assert.Empty(runner.Ran);
        Assert.Contains(what, Assert.Single(console.Errors.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_can_be_asserted_too()
    {
        var options = new RunOptions { File = Files.WriteSmall(folder), ResultsFolder = folder["out"], Assert = ["p50.ttft < 1ms"] };
        Assert.Equal(ExitCode.FailedAssertion, SingleRun.Run(options, new AnalyticRunner(), console.Console, console.Errors, CancellationToken.None));
    }

    private Experiment Load(Overrides overrides) => new ExperimentLoader(new PolicyRegistry()).Load(Files.WriteSmall(folder), overrides);

    private int Sweep(params string[] assertions) => Sweep(new AnalyticRunner(), assertions);

    private int Sweep(AnalyticRunner runner, params string[] assertions)
    {
        var options = new SweepOptions { File = Files.WriteSmall(folder), ResultsFolder = folder["out"], Assert = assertions };
        return Experiments.Sweep.Run(options, runner, console.Console, console.Errors, CancellationToken.None);
    }
}
