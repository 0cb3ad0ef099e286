using System.Text.Json;
using Cortex.Experiments.Simulating;
using Cortex.Testing;
using Xunit;

namespace Cortex.Experiments.Tests;

/// <summary>The quickstart in the simulator, cut down to what a test needs.</summary>
public sealed class SimulatedSweepTests : IDisposable
{
    private static readonly string Quickstart = Path.Combine(Shared.Solution, "experiments", "quickstart.yaml");
    private static readonly string[] Few = ["workload.load=6,12", "repeat=2"];

    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Neither_jobs_nor_steps_taken_in_one_go_change_a_byte_or_a_decision()
    {
        Assert.Equal(ExitCode.Ok, RunSweep("one", new SimulatorCellRunner(), jobs: 1, Few));
        Assert.Equal(ExitCode.Ok, RunSweep("four", new SimulatorCellRunner(), jobs: 4, Few));
        Assert.Equal(ExitCode.Ok, RunSweep("plain", new SimulatorCellRunner(repeatSteps: false), jobs: 2, Few));
        Assert.Equal(Results("one"), Results("four"));
        Assert.Equal(Results("one"), Results("plain"));
        Assert.Equal(Fingerprints("one"), Fingerprints("four"));
        Assert.Equal(Fingerprints("one"), Fingerprints("plain"));
    }

    [Fact]
    public void Repetitions_differ_where_arrivals_are_drawn_and_only_there()
    {
        RunSweep("drawn", new SimulatorCellRunner(), jobs: 2, ["policies=baseline", "workload.load=8", "repeat=3"]);
        Assert.Equal(3, Fingerprints("drawn").Distinct().Count());
        RunSweep("recorded", new SimulatorCellRunner(), jobs: 2, ["policies=baseline", "workload.load=8", "repeat=3", "workload.arrivals=recorded"]);
        Assert.Single(Fingerprints("recorded").Distinct());
    }

    [Fact]
    public void Every_call_ends_in_one_counted_state_and_stands_in_the_calls()
    {
        // Prompts with more than the limit are refused, and their workflows go on.
        Assert.Equal(ExitCode.Ok, RunOnce("cluster.engines.max_model_len=2600"));
        string[] calls = File.ReadAllLines(folder["out/quickstart/run/calls.csv"]);
        Dictionary<string, long> row = Row("out/quickstart/run/results.csv");
        Assert.Equal(row["calls"], calls.Length - 1);
        Assert.Equal(
            row["calls"], row["calls_finished"] + row["calls_refused"] + row["calls_cancelled"] + row["calls_failed"] + row["calls_unfinished"]);
        Assert.Equal(row["calls_refused"], calls.Count(line => line.EndsWith(",refused", StringComparison.Ordinal)));
        Assert.Equal(row["calls_finished"], calls.Count(line => line.EndsWith(",finished", StringComparison.Ordinal)));
        Assert.InRange(row["calls_refused"], 1, row["calls"] - 1);
        Assert.Contains($"warning: {row["calls_refused"]} calls were refused", console.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_loop_takes_users()
    {
        Assert.Equal(ExitCode.Ok, RunOnce("workload.players=closed", "workload.arrivals=recorded", "workload.load=12"));
        Assert.Equal(600, Row("out/quickstart/run/results.csv")["workflows_finished"]);
    }

    [Theory]
    [InlineData("calls_held_max_num_seqs", "workload.load=14", "cluster.engines.max_num_seqs=4")]
    [InlineData("calls_held_kv_memory", "workload.load=14", "cluster.engines.max_num_seqs=512", "cluster.engines.num_blocks=400")]
    [InlineData("calls_held_token_budget", "workload.load=14", "cluster.engines.max_num_seqs=128", "cluster.engines.max_num_batched_tokens=256", "cluster.engines.gpu_memory_utilization=0.9", "cluster.engines.count=3")]
    public void Calls_are_counted_by_what_they_waited_for(string column, params string[] set)
    {
        Assert.Equal(ExitCode.Ok, RunOnce(set));
        Dictionary<string, long> row = Row("out/quickstart/run/results.csv");
        string[] held = ["calls_held_max_num_seqs", "calls_held_kv_memory", "calls_held_token_budget"];
        Assert.InRange(row[column], row["calls"] / 10, row["calls"]);
        Assert.Equal(column, held.MaxBy(name => row[name]));
        Assert.Equal(ExitCode.Ok, RunOnce("workload.load=0.0001", "cluster.engines.max_num_seqs=1"));
        Assert.All(held, name => Assert.Equal(0, Row("out/quickstart/run/results.csv")[name]));
    }

    [Fact]
    public void Refused_calls_are_counted_by_what_is_too_short_for_them()
    {
        Assert.Equal(ExitCode.Ok, RunOnce("cluster.engines.max_model_len=2600"));
        Dictionary<string, long> row = Row("out/quickstart/run/results.csv");
        Assert.Equal((row["calls_refused"], 0), (row["calls_refused_max_model_len"], row["calls_refused_kv_memory"]));
        Assert.Contains($"{row["calls_refused"]} longer than max_model_len", console.Text, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, RunOnce("cluster.engines.num_blocks=160"));
        row = Row("out/quickstart/run/results.csv");
        Assert.True(row["calls_refused"] > 0);
        Assert.Equal((0, row["calls_refused"]), (row["calls_refused_max_model_len"], row["calls_refused_kv_memory"]));
    }

    [Fact]
    public void Gaps_between_tokens_are_measured_where_that_is_asked_for()
    {
        Assert.Equal(ExitCode.Ok, RunOnce("workload.load=1"));
        Assert.Equal(0, Row("out/quickstart/run/results.csv")["itl_samples"]);
        Assert.Equal(ExitCode.Ok, RunOnce("workload.load=1", "statistics.itl=true"));
        Dictionary<string, long> row = Row("out/quickstart/run/results.csv");
        Assert.Equal(row["output_tokens"] - row["calls_finished"], row["itl_samples"]);
        Assert.Contains("ITL", File.ReadAllText(folder["out/quickstart/run/report.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Times_say_over_how_many_of_how_many_they_are()
    {
        Assert.Equal(ExitCode.Ok, RunOnce("cluster.engines.max_model_len=2600"));
        Dictionary<string, long> row = Row("out/quickstart/run/results.csv");
        Assert.InRange(row["ttft_samples"], 1, row["calls"] - 1);
        string over = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{row["ttft_samples"]:N0} of {row["calls"]:N0}");
        Assert.Contains($"percentiles are over, all rows together: TTFT {over} calls, TPOT ", console.Text, StringComparison.Ordinal);
        Assert.Matches($"│ +{over} │", console.Text);
    }

    [Fact]
    public void What_will_be_worth_little_is_told_before_it_runs()
    {
        var options = new SweepOptions
        {
            File = Quickstart, ResultsFolder = folder["out"], Plan = true, Assert = ["p99.9.ttft < 1h", "p99.ttft < 1h"],
            Set = ["workload.load=2,4", "statistics.warmup=2min", "cluster.engines.max_model_len=2600", "policies=baseline"],
        };
        Assert.Equal(ExitCode.Ok, Sweep.Run(options, console.Console, console.Errors, CancellationToken.None));
        Assert.Matches(@"warning: assert p99\.9\.ttft < 1h: p99\.9\.ttft is of \d+ calls at most; to be trusted it takes 4603", console.Text);
        Assert.DoesNotContain("assert p99.ttft", console.Text, StringComparison.Ordinal);
        Assert.Matches(@"warning: [\d,]+ of [\d,]+ calls of nl2sql\.jsonl are longer than the 2,600 tokens that fit, and will be refused", console.Text);
        Assert.Matches(@"warning: a warm-up of 120s leaves little to measure: at load 4 the last workflow arrives after about [\d.]+ s", console.Text);
    }

    [Fact]
    public void A_run_that_serves_nobody_says_so()
    {
        Assert.Equal(ExitCode.Ok, RunOnce("cluster.engines.max_model_len=20"));
        long calls = Row("out/quickstart/run/results.csv")["calls"];
        Assert.Contains("warning: no call finished: there is nothing to measure.", console.Text, StringComparison.Ordinal);
        Assert.Contains($"warning: all {calls} calls were refused: {calls} longer than max_model_len; their workflows went on", console.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Planning_on_the_cpu_delays_engines_that_wait_for_it()
    {
        string[] synchronous = ["cluster.engines.async_scheduling=false", "workload.load=4"];
        Assert.Equal(ExitCode.Ok, RunOnce(synchronous));
        double without = Metric("tpot_p50_s");
        Assert.Equal(ExitCode.Ok, RunOnce([.. synchronous, "costs.planning_time=5ms"]));
        Assert.InRange(Metric("tpot_p50_s"), without + 0.004, without + 0.02);

        double Metric(string column)
        {
            string[][] lines = [.. File.ReadAllLines(folder["out/quickstart/run/results.csv"]).Select(line => line.Split(','))];
            return double.Parse(lines[1][Array.IndexOf(lines[0], column)], System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    [Theory]
    [InlineData("workload.arrivals: poisson cannot be used", "workload.players=closed")]
    [InlineData("stages", "policies.baseline.pooling=stage-isolated", "cluster.engines.count=2")]
    public void Settings_that_do_not_fit_each_other_are_bad_input(string what, params string[] set)
    {
        Assert.Equal(ExitCode.BadInput, RunSweep("bad", new SimulatorCellRunner(), jobs: 1, set));
        Assert.Contains(what, console.Errors.ToString(), StringComparison.Ordinal);
        Assert.Single(console.Errors.ToString().TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(folder["bad"]));
    }

    [Theory]
    [InlineData("id,arrived_at,prompt_tokens,output_tokens\n0,0.5,100,10\n1,0.7,many,10\n", ":3: prompt_tokens is 'many'; allowed: ")]
    [InlineData("id,arrived_at,prompt_tokens,output_tokens\n0,0.5,100,10\n1,0.7,10\n", ":3: 3 fields; allowed: 4")]
    [InlineData("id,arrived_at,prompt_tokens,output_tokens\n", ": the trace holds no workflow; allowed: at least one")]
    [InlineData("", ": the file is empty; allowed: ")]
    [InlineData("\0\u0001\u0002\n\u0003", ":1: the format is not recognised; allowed: ")]
    public void A_fault_in_the_trace_is_told_with_its_line(string text, string what)
    {
        string trace = folder.Write("faulty.csv", text);
        Assert.Equal(ExitCode.BadInput, RunSweep("bad", new SimulatorCellRunner(), jobs: 1, [$"workload.trace={trace}"]));
        Assert.Contains($"faulty.csv{what}", Assert.Single(console.Errors.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["bad"]));
    }

    [Fact]
    public void Golden_results_and_decisions_of_the_quickstart()
    {
        RunSweep("out", new SimulatorCellRunner(), jobs: 2, Few);
        Assert.DoesNotContain("n too small", console.Text, StringComparison.Ordinal);
        Assert.Contains(" s simulated in ", console.Text, StringComparison.Ordinal);
        Golden.Assert("quickstart-results.csv", Results("out"));
        Golden.Assert("quickstart-fingerprints.txt", string.Join('\n', Fingerprints("out")) + "\n");
    }

    private int RunSweep(string output, SimulatorCellRunner runner, int jobs, string[] set)
    {
        var options = new SweepOptions { File = Quickstart, ResultsFolder = folder[output], Jobs = jobs, Set = set };
        return Sweep.Run(options, runner, console.Console, console.Errors, CancellationToken.None);
    }

    private int RunOnce(params string[] set) =>
        SingleRun.Run(new RunOptions { File = Quickstart, ResultsFolder = folder["out"], Set = set }, console.Console, console.Errors, CancellationToken.None);

    private string Results(string output) => File.ReadAllText(folder[$"{output}/quickstart/results.csv"]);

    private string[] Fingerprints(string output)
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(folder[$"{output}/quickstart/manifest.json"]));
        return
        [
            .. manifest.RootElement.GetProperty("rows").EnumerateArray()
                .SelectMany(row => row.GetProperty("cells").EnumerateArray(), (_, cell) => cell.GetProperty("fingerprint").GetString()!),
        ];
    }

    /// <summary>The whole numbers of a result file's only row.</summary>
    private Dictionary<string, long> Row(string file)
    {
        string[][] lines = [.. File.ReadAllLines(folder[file]).Select(line => line.Split(','))];
        return lines[0].Zip(lines[1]).Where(cell => long.TryParse(cell.Second, out _)).ToDictionary(cell => cell.First, cell => long.Parse(cell.Second));
    }
}
