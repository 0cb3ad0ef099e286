using System.Globalization;
using Cortex.Experiments.Config;
using Cortex.Experiments.Statistics;
using Cortex.Testing;
using Xunit;

namespace Cortex.Experiments.Tests;

/// <summary>Warm-up, intervals by batches and saturation, in runs of the simulator.</summary>
public sealed class WarmupTests : IDisposable
{
    private static readonly string Quickstart = Path.Combine(Shared.Solution, "experiments", "quickstart.yaml");

    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("none", "none")]
    [InlineData("mser5", "mser5")]
    [InlineData("10%", "10%")]
    [InlineData("7%", "7%")]
    [InlineData("90s", "90s")]
    [InlineData("1.5min", "90s")]
    public void Rules_are_read_and_written(string text, string written) => Assert.Equal(written, WarmupRule.Parse(text)!.ToString());

    [Theory]
    [InlineData("0%")]
    [InlineData("100%")]
    [InlineData("x%")]
    [InlineData("10")]
    [InlineData("mser")]
    public void Other_rules_are_refused(string text) => Assert.Null(WarmupRule.Parse(text));

    [Fact]
    public void A_share_of_the_run_is_left_out_of_times_and_kept_in_counts()
    {
        Dictionary<string, string> all = Run("none");
        Dictionary<string, string> warm = Run("20%");
        Assert.Equal("", all["warmup_s"]);
        Assert.Equal(0.2 * Number(all, "makespan_s"), Number(warm, "warmup_s"), 1e-6);
        Assert.Equal(all["calls_finished"], warm["calls_finished"]);
        Assert.Equal(all["throughput_calls_per_s"], warm["throughput_calls_per_s"]);
        Assert.InRange(Number(warm, "ttft_samples"), 1, Number(all, "ttft_samples") - 100);
        Assert.NotEqual(all["ttft_p50_s"], warm["ttft_p50_s"]);
        Assert.NotEqual(all["warm_throughput_calls_per_s"], warm["warm_throughput_calls_per_s"]);
    }

    [Fact]
    public void Mser5_cuts_by_the_times_to_first_token_in_the_order_in_which_calls_became_ready()
    {
        Dictionary<string, string> warm = Run("mser5", "workload.load=14");
        double[][] calls =
        [
            .. File.ReadAllLines(folder["out/quickstart/run/calls.csv"]).Skip(1).Select(line => line.Split(','))
                .Select(row => new[] { Seconds(row[3]), Seconds(row[5]) - Seconds(row[3]), Seconds(row[2]) }),
        ];
        double[][] byReady = [.. calls.OrderBy(call => call[0])];
        int cut = WarmupDetection.Mser5([.. byReady.Select(call => call[1])]);
        Assert.True(cut > 0);
        Assert.Equal(byReady[cut][0] - calls.Min(call => call[2]), Number(warm, "warmup_s"), 1e-6);
        Assert.Equal(calls.Count(call => call[0] >= byReady[cut][0]), Number(warm, "ttft_samples"));
    }

    [Theory]
    [InlineData("4", "stable")]
    [InlineData("20", "overloaded")]
    public void A_run_tells_whether_it_kept_up(string load, string saturation)
    {
        Assert.Equal(saturation, Run("none", $"workload.load={load}")["saturation"]);
        Assert.Contains(saturation, console.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_repetition_has_intervals_by_batches()
    {
        Dictionary<string, string> row = Run("none");
        double value = Number(row, "ttft_p50_s");
        Assert.InRange(Number(row, "ttft_p50_s_ci_low"), value / 2, value);
        Assert.InRange(Number(row, "ttft_p50_s_ci_high"), value, 2 * value);
        Assert.True(Number(row, "e2e_mean_s_ci_low") < Number(row, "e2e_mean_s"));
        Assert.Contains("interval by batches", console.Text, StringComparison.Ordinal);
    }

    private Dictionary<string, string> Run(string warmup, params string[] set)
    {
        var options = new RunOptions { File = Quickstart, ResultsFolder = folder["out"], Set = [$"statistics.warmup={warmup}", .. set] };
        Assert.Equal(ExitCode.Ok, SingleRun.Run(options, console.Console, console.Errors, CancellationToken.None));
        string[][] lines = [.. File.ReadAllLines(folder["out/quickstart/run/results.csv"]).Select(line => line.Split(','))];
        return lines[0].Zip(lines[1]).ToDictionary(cell => cell.First, cell => cell.Second);
    }

    private static double Seconds(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(Dictionary<string, string> row, string column) => Seconds(row[column]);
}
