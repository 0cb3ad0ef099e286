using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class SingleRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_writes_every_call()
    {
        Assert.Equal(ExitCode.Ok, Run(new RunOptions { File = Files.WriteSmall(folder), ResultsFolder = folder["out"] }));
        Assert.Equal(
            """
            workflow,node,arrived_s,ready_s,scheduled_s,first_token_s,end_s,prompt_tokens,output_tokens,hit_tokens,preemptions,worker,state
            "w,1",0,0.000000005,1.500000000,1.500000001,2.000000000,12.345678901,100,20,16,1,engine-0,finished
            w2,0,0.000000007,1.500000000,1.500000001,,12.345678901,100,20,16,1,,refused

            """,
            File.ReadAllText(folder["out/small/run/calls.csv"]),
            ignoreLineEndingDifferences: true);
        Assert.Equal(
            """
            workflow,class,tenant,arrived_s,end_s,calls,calls_finished,blame_queue_s,blame_prefill_s,blame_decode_s,blame_preemption_s,blame_tool_s,blame_think_s,state
            "w,1",nl2sql,,0.000000005,4.000000326,3,3,0.000000001,0.000000020,0.000000300,0.000000000,4.000000000,0.000000000,finished
            w2,,me,0.000000007,0.000000008,1,0,0.000000001,0.000000000,0.000000000,0.000000000,0.000000000,0.000000000,ended
            w3,,,0.000000009,,2,1,,,,,,,unfinished

            """,
            File.ReadAllText(folder["out/small/run/workflows.csv"]),
            ignoreLineEndingDifferences: true);
        Assert.StartsWith("policy,workload.load,repetitions,", File.ReadAllText(folder["out/small/run/results.csv"]), StringComparison.Ordinal);
        Assert.True(File.Exists(folder["out/small/run/manifest.json"]));
        Assert.Contains("calls_finished 400", console.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_repetition_has_no_interval()
    {
        Run(new RunOptions { File = Files.WriteSmall(folder), ResultsFolder = folder["out"] });
        string[] lines = File.ReadAllLines(folder["out/small/run/results.csv"]);
        int column = lines[0].Split(',').ToList().IndexOf("warm_throughput_calls_per_s_ci_low");
        Assert.NotEqual("", lines[1].Split(',')[column - 1]);
        Assert.Equal("", lines[1].Split(',')[column]);
        Assert.DoesNotContain('±', console.Text);
    }

    [Fact]
    public void The_policy_set_and_the_load_can_be_chosen()
    {
        var options = new RunOptions
        {
            File = Files.WriteSmall(folder),
            ResultsFolder = folder["out"],
            PolicySet = "aware",
            Set = ["workload.load=6"],
        };
        Assert.Equal(ExitCode.Ok, Run(options));
        Assert.StartsWith("aware,6,1,", File.ReadAllLines(folder["out/small/run/results.csv"])[1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_policy_set_is_bad_input()
    {
        Assert.Equal(ExitCode.BadInput, Run(new RunOptions { File = Files.WriteSmall(folder), ResultsFolder = folder["out"], PolicySet = "awar" }));
        Assert.Contains("unknown policy set 'awar'; the nearest is 'aware'", console.Errors.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void A_run_that_fails_leaves_nothing_half_written()
    {
        var runner = new AnalyticRunner { Fails = _ => true };
        var options = new RunOptions { File = Files.WriteSmall(folder), ResultsFolder = folder["out"] };
        Assert.Throws<InvalidOperationException>(() => SingleRun.Run(options, runner, console.Console, console.Errors, CancellationToken.None));
        Assert.Empty(Directory.GetFiles(folder["out/small/run"]));
    }

    [Fact]
    public void A_second_value_is_bad_input()
    {
        Assert.Equal(ExitCode.BadInput, Run(new RunOptions { File = Files.WriteSmall(folder), ResultsFolder = folder["out"], Set = ["workload.load=2,4"] }));
        Assert.Contains("workload.load has 2 values; a run takes one", console.Errors.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void A_results_folder_that_cannot_be_written_to_is_bad_input()
    {
        var options = new RunOptions { File = Files.WriteSmall(folder), ResultsFolder = folder.Write("out", "") };
        var runner = new AnalyticRunner();
        Assert.Equal(ExitCode.BadInput, SingleRun.Run(options, runner, console.Console, console.Errors, CancellationToken.None));
        Assert.Empty(runner.Ran);
        Assert.Contains("cannot be written", Assert.Single(console.Errors.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_file_and_trace_the_bundled_sample_is_played()
    {
        Assert.Equal(ExitCode.Ok, SingleRun.Run(new RunOptions { ResultsFolder = folder["out"] }, console.Console, console.Errors, CancellationToken.None));
        Assert.StartsWith("no experiment named: playing ", console.Text, StringComparison.Ordinal);
        Assert.Contains("workflows_finished 600", console.Text, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["out/quickstart/run/calls.csv"]));
    }

    private int Run(RunOptions options) =>
        SingleRun.Run(options, new AnalyticRunner(), console.Console, console.Errors, CancellationToken.None);
}
