using System.Text.Json;
using Cortex.Experiments.Config;
using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class SweepTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_a_killed_run_left_half_written_is_cleared_away_and_what_is_being_written_stays()
    {
        string left = folder.Write("out/small/cells/abc.json.4711.tmp", "{");
        string open = folder.Write("out/small/cells/def.json.4712.tmp", "{");
        using FileStream writer = new(open, FileMode.Open, FileAccess.Write, FileShare.None);
        Assert.Equal(ExitCode.Ok, Run(new AnalyticRunner(), "out"));
        Assert.False(File.Exists(left));
        Assert.True(File.Exists(open));
    }

    [Fact]
    public void Any_number_of_jobs_gives_the_same_bytes()
    {
        Assert.Equal(ExitCode.Ok, Run(new AnalyticRunner(), "one", jobs: 1));
        Assert.Equal(ExitCode.Ok, Run(new AnalyticRunner(), "two", jobs: 2));
        Assert.Equal(ExitCode.Ok, Run(new AnalyticRunner(), "eight", jobs: 8));
        string results = File.ReadAllText(folder["one/small/results.csv"]);
        Assert.Equal(results, File.ReadAllText(folder["two/small/results.csv"]));
        Assert.Equal(results, File.ReadAllText(folder["eight/small/results.csv"]));
        Assert.Equal(File.ReadAllText(folder["one/small/figures/ttft.svg"]), File.ReadAllText(folder["two/small/figures/ttft.svg"]));
    }

    [Fact]
    public void A_rerun_computes_only_what_is_missing()
    {
        Assert.Equal(ExitCode.Ok, Run(new AnalyticRunner(), "out"));
        var again = new AnalyticRunner { Preparing = () => Assert.Fail("nothing is to be prepared") };
        Assert.Equal(ExitCode.Ok, Run(again, "out"));
        Assert.Empty(again.Ran);

        var more = new AnalyticRunner();
        Assert.Equal(ExitCode.Ok, Run(more, "out", set: ["workload.load=4,6"]));
        Assert.Equal(9, more.Ran.Count);
        Assert.All(more.Ran, cell => Assert.Equal(6, cell.Workload.Load));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"counts\": 7}")]
    [InlineData("[]")]
    [InlineData(null)]
    public void A_damaged_cell_or_a_copy_of_another_is_computed_anew(string? text)
    {
        Assert.Equal(ExitCode.Ok, Run(new AnalyticRunner(), "out"));
        string[] cells = Directory.GetFiles(folder["out/small/cells"]);
        string cell = cells[0];
        string whole = File.ReadAllText(cell);
        File.WriteAllText(cell, text ?? File.ReadAllText(cells[1]));
        var again = new AnalyticRunner();
        Assert.Equal(ExitCode.Ok, Run(again, "out"));
        Assert.Single(again.Ran);
        Assert.Equal(whole, File.ReadAllText(cell));
    }

    [Fact]
    public void A_changed_trace_is_computed_anew()
    {
        Assert.Equal(ExitCode.Ok, Run(new AnalyticRunner(), "out"));
        folder.Write("trace.jsonl", "{} \n");
        var again = new AnalyticRunner();
        Assert.Equal(ExitCode.Ok, Run(again, "out"));
        Assert.Equal(27, again.Ran.Count);
    }

    [Fact]
    public void Policy_sets_that_are_equal_share_their_cells()
    {
        var runner = new AnalyticRunner();
        Assert.Equal(ExitCode.Ok, Run(runner, "out", set: ["policies.aware.routing=least-work", "policies.short.scheduling=fcfs"]));
        Assert.Equal(9, runner.Ran.Count);
    }

    [Fact]
    public void A_failing_cell_leaves_the_others_whole_and_is_told_with_its_reason()
    {
        var runner = new AnalyticRunner { Fails = cell => cell.Policies.Name == "aware" && cell.Workload.Load == 4 && cell.Seed == 8 };
        Assert.Equal(ExitCode.SomeCellsFailed, Run(runner, "out"));
        Assert.Equal(
            "cell failed: aware, workload.load=4, repetition 2: InvalidOperationException: the queue broke" + Environment.NewLine,
            console.Errors.ToString());
        Assert.Equal(26, Directory.GetFiles(folder["out/small/cells"]).Length);
        string[] row = File.ReadAllLines(folder["out/small/results.csv"]).Single(line => line.StartsWith("aware,4,", StringComparison.Ordinal)).Split(',');
        Assert.Equal(["aware", "4", "2", "", "functional", "200", "800"], row[..7]);

        var repaired = new AnalyticRunner();
        Assert.Equal(ExitCode.Ok, Run(repaired, "out"));
        Assert.Equal(8UL, Assert.Single(repaired.Ran).Seed);
    }

    [Fact]
    public void Cancelling_keeps_whole_cells_only()
    {
        using var stop = new CancellationTokenSource();
        int started = 0;
        var runner = new AnalyticRunner
        {
            Before = _ =>
            {
                if (Interlocked.Increment(ref started) == 6)
                {
                    stop.Cancel();
                }
            },
        };
        Assert.Equal(ExitCode.Interrupted, Run(runner, "out", cancellation: stop.Token));
        Assert.Equal(5, Directory.GetFiles(folder["out/small/cells"]).Length);
        Assert.All(Directory.GetFiles(folder["out/small/cells"]), file => Assert.EndsWith(".json", file));
        Assert.False(File.Exists(folder["out/small/results.csv"]));

        var rest = new AnalyticRunner();
        Assert.Equal(ExitCode.Ok, Run(rest, "out"));
        Assert.Equal(22, rest.Ran.Count);
    }

    [Fact]
    public void Bad_input_writes_nothing()
    {
        var runner = new AnalyticRunner { Preparing = () => throw new InputException("trace.jsonl:3: out: allowed: a whole number") };
        Assert.Equal(ExitCode.BadInput, Run(runner, "out"));
        Assert.Equal($"error: trace.jsonl:3: out: allowed: a whole number{Environment.NewLine}", console.Errors.ToString());
        Assert.False(Directory.Exists(folder["out"]));
        Assert.Equal(ExitCode.BadInput, Run(new AnalyticRunner(), "out", jobs: 0));
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void A_fault_of_the_program_is_no_fault_of_the_user()
    {
        var runner = new AnalyticRunner { Preparing = () => throw new InvalidOperationException("broken") };
        Assert.Throws<InvalidOperationException>(() => Run(runner, "out"));
    }

    [Fact]
    public void A_results_folder_that_cannot_be_written_to_is_told_before_anything_runs()
    {
        folder.Write("out", "a file, no folder");
        var runner = new AnalyticRunner();
        Assert.Equal(ExitCode.BadInput, Run(runner, "out"));
        Assert.Empty(runner.Ran);
        Assert.Contains("cannot be written", Assert.Single(console.Errors.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal("a file, no folder", File.ReadAllText(folder["out"]));
    }

    [Fact]
    public void An_output_that_is_closed_is_no_fault_of_the_program()
    {
        var runner = new AnalyticRunner { Preparing = () => throw new IOException("Broken pipe") };
        Assert.Equal(ExitCode.BadInput, Run(runner, "out"));
        Assert.Equal($"error: reading or writing failed: Broken pipe{Environment.NewLine}", console.Errors.ToString());
    }

    [Fact]
    public void More_cells_than_can_be_listed_are_refused_at_once()
    {
        Assert.Equal(ExitCode.BadInput, Run(new AnalyticRunner(), "out", set: ["repeat=100000", "workload.load=1..100"]));
        Assert.Contains("100000 repetitions); allowed: at most 1,000,000", console.Errors.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void All_policy_sets_of_a_repetition_meet_the_same_seed()
    {
        var runner = new AnalyticRunner();
        Run(runner, "out");
        Assert.Equal([7UL, 8UL, 9UL], runner.Ran.Select(cell => cell.Seed).Distinct().Order());
        Assert.All(runner.Ran, cell => Assert.Equal(7UL + (ulong)cell.Repetition, cell.Seed));
    }

    [Fact]
    public void The_table_compares_with_the_baseline()
    {
        Run(new AnalyticRunner(), "out");
        Assert.Contains("≈", console.Text, StringComparison.Ordinal);
        Assert.Matches(@"−83\.3 ±\d+\.\d %", console.Text);
        Assert.Contains("seeds 7 to 9, one a repetition, the same for every policy set and point", console.Text, StringComparison.Ordinal);
        Assert.Contains("* n too small", console.Text, StringComparison.Ordinal);
        Assert.Contains("refused", console.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("unfinished", console.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifest_says_what_was_run()
    {
        Run(new AnalyticRunner(), "out");
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(folder["out/small/manifest.json"]));
        JsonElement root = manifest.RootElement;
        Assert.Equal("cortex sweep small.yaml", root.GetProperty("command").GetString());
        Assert.Equal("0.1.0", root.GetProperty("version").GetString());
        Assert.Equal([7, 8, 9], root.GetProperty("seeds").EnumerateArray().Select(seed => seed.GetInt32()));
        Assert.Equal(
            "ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356", root.GetProperty("traces")[0].GetProperty("sha256").GetString());
        JsonElement row = root.GetProperty("rows")[0];
        Assert.Equal(9, root.GetProperty("rows").GetArrayLength());
        Assert.Equal(8192, row.GetProperty("settings").GetProperty("engines")[0].GetProperty("max_num_batched_tokens").GetInt32());
        Assert.Equal("0000000000000007", row.GetProperty("cells")[0].GetProperty("fingerprint").GetString());
    }

    [Fact]
    public void A_plan_lists_cells_with_resolved_settings_and_runs_nothing()
    {
        var runner = new AnalyticRunner();
        var options = new SweepOptions { File = Files.WriteSmall(folder), ResultsFolder = folder["out"], Plan = true };
        Assert.Equal(ExitCode.Ok, Sweep.Run(options, runner, console.Console, console.Errors, CancellationToken.None));
        Assert.Empty(runner.Ran);
        Assert.False(Directory.Exists(folder["out"]));
        Assert.Contains("3 policy sets × 3 points × 3 repetitions = 27 cells, 0 finished", console.Text, StringComparison.Ordinal);
        Assert.Contains("\"max_model_len\":8192", console.Text, StringComparison.Ordinal);
        Assert.Contains($"trace: {folder["trace.jsonl"]}", console.Text, StringComparison.Ordinal);
        Assert.Contains("aware, workload.load=8: 0 of 3 finished", console.Text, StringComparison.Ordinal);
    }

    private int Run(AnalyticRunner runner, string output, int jobs = 1, string[]? set = null, CancellationToken cancellation = default)
    {
        string file = File.Exists(folder["small.yaml"]) ? folder["small.yaml"] : Files.WriteSmall(folder);
        var options = new SweepOptions
        {
            File = file,
            ResultsFolder = folder[output],
            Jobs = jobs,
            Set = set ?? [],
            CommandLine = "cortex sweep small.yaml",
        };
        return Sweep.Run(options, runner, console.Console, console.Errors, cancellation);
    }
}
