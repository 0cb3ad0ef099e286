using Cortex.Experiments.Config;
using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class EnvironmentSettingsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_environment_wins_over_the_file_and_a_flag_over_both()
    {
        var runner = new AnalyticRunner();
        Assert.Equal(ExitCode.Ok, Run(runner, "  seed=40 workload.load=1  repeat=1", "workload.load=2"));
        Assert.All(runner.Ran, cell => Assert.Equal((40UL, 2.0), (cell.Seed, cell.Workload.Load)));
        Assert.Equal(3, runner.Ran.Count);
    }

    [Fact]
    public void A_fault_in_it_is_bad_input_and_names_it()
    {
        Assert.Equal(ExitCode.BadInput, Run(new AnalyticRunner(), "seed"));
        Assert.Contains("CORTEX_SET: seed: no '='", console.Errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void So_does_a_value_that_cannot_be_used_and_a_flag_keeps_its_name()
    {
        Assert.Equal(ExitCode.BadInput, Run(new AnalyticRunner(), "repeat=0", "seed=2"));
        Assert.Equal(ExitCode.BadInput, Run(new AnalyticRunner(), "repeat=2", "seed=x"));
        string[] errors = console.Errors.ToString().TrimEnd().Split(Environment.NewLine);
        Assert.Contains("CORTEX_SET: repeat=0: ", errors[0], StringComparison.Ordinal);
        Assert.Contains("--set seed=x: ", errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public void It_holds_for_calibrations_and_validations_too()
    {
        string file = Files.WriteSmall(folder);
        Assert.Equal(ExitCode.BadInput, Calibrate.Run(new() { File = file, EnvironmentSet = "costs.file=none.json cluster.engines.theads=2", Output = folder["times.json"] }, console.Console, console.Errors, default));
        Assert.Equal(ExitCode.BadInput, Validate.Run(new() { File = file, EnvironmentSet = "sed=2" }, console.Console, console.Errors, default));
        string[] errors = console.Errors.ToString().TrimEnd().Split(Environment.NewLine);
        Assert.Contains("unknown key 'theads'", errors[0], StringComparison.Ordinal);
        Assert.Contains("unknown key 'sed'", errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_it_flags_stay_as_they_are()
    {
        string[] flags = ["a=1"];
        Assert.Same(flags, EnvironmentSettings.Under(flags, null));
        Assert.Same(flags, EnvironmentSettings.Under(flags, " "));
    }

    private int Run(AnalyticRunner runner, string environment, params string[] set) => Sweep.Run(
        new SweepOptions { File = Files.WriteSmall(folder), Set = set, EnvironmentSet = environment, ResultsFolder = folder["out"] },
        runner, console.Console, console.Errors, CancellationToken.None);
}
