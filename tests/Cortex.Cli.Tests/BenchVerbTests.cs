using System.Text.Json;

namespace Cortex.Cli.Tests;

public sealed class BenchVerbTests
{
    private static readonly string[] Figures =
    [
        "conv_x2_requests_per_cpu_s", "conv_x2_peak_mb", "mooncake_requests_per_cpu_s", "mooncake_peak_mb",
        "weka_v8_s", "weka_v8_peak_mb", "weka_v8_doubling", "step_1024_over_8", "sweep_2_over_1",
    ];

    [Fact]
    public void Figures_whose_data_are_absent_are_skipped_with_the_file_that_is_missing()
    {
        using var empty = new EmptyFolder();
        Outcome outcome = Command.Run(["bench", "sim", "--data", empty.Path, "--figure", .. Figures[..7]]);
        Assert.Equal(0, outcome.ExitCode);
        foreach (string figure in Figures[..7])
        {
            string line = Assert.Single(outcome.Output.Split('\n'), line => line.StartsWith(figure, StringComparison.Ordinal));
            Assert.Matches("skipped .* needs .*gz", line);
        }
    }

    [Fact]
    public void As_JSON_they_are_one_object_with_null_for_what_was_skipped()
    {
        using var empty = new EmptyFolder();
        Outcome outcome = Command.Run(["bench", "sim", "--json", "--data", empty.Path, "--figure", .. Figures[..7]]);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        Assert.Equal(Figures[..7], json.RootElement.EnumerateObject().Select(figure => figure.Name));
        Assert.All(json.RootElement.EnumerateObject(), figure => Assert.Equal(JsonValueKind.Null, figure.Value.ValueKind));
    }

    [Fact]
    public void A_figure_is_measured_in_a_process_of_its_own()
    {
        Outcome outcome = Command.Run("bench", "sim", "--json", "--figure", "step_1024_over_8", "--repeat", "1");
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        JsonProperty figure = Assert.Single(json.RootElement.EnumerateObject());
        Assert.Equal("step_1024_over_8", figure.Name);
        Assert.True(figure.Value.GetDouble() > 0);
    }

    [Fact]
    public void A_process_costs_no_memory_and_less_than_three_callbacks()
    {
        Outcome outcome = Command.Run("bench", "kernel", "--json", "--repeat", "1");
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        Dictionary<string, double> figures = json.RootElement.EnumerateObject().ToDictionary(figure => figure.Name, figure => figure.Value.GetDouble());
        Assert.Equal(["mm8_bytes_per_event", "mm8_million_customers_per_s", "mm8_process_over_callback"], figures.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(0, figures["mm8_bytes_per_event"]);
        Assert.True(figures["mm8_process_over_callback"] > 1.0 / 3, outcome.Output); // A ratio within one run; 0.55 is the target on an idle machine.
    }

    [Fact]
    public void The_help_names_every_figure_and_not_the_hidden_command()
    {
        string help = Command.Run("bench", "sim", "--help").Output;
        Assert.All(Figures, figure => Assert.Contains(figure, help.ReplaceLineEndings(" "), StringComparison.Ordinal));
        Assert.DoesNotContain("measure ", Command.Run("bench", "--help").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_engine_has_figures_of_its_own()
    {
        string help = Command.Run("bench", "runtime", "--help").Output.ReplaceLineEndings(" ");
        string[] figures = ["decode_1_over_bandwidth", "decode_8_over_1", "prefill_512_over_peak", "decode_shared_over_alone"];
        Assert.All(figures, figure => Assert.Contains(figure, help, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--figure step_1024_over_9", "step_1024_over_8")]
    [InlineData("--data no-such-folder", "traces/ and peers/")]
    [InlineData("--repeat 0", "a whole number from 1")]
    public void What_cannot_be_measured_is_told_in_one_line(string arguments, string allowed)
    {
        Outcome outcome = Command.Run(["bench", "sim", .. arguments.Split(' ')]);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Empty(outcome.Output);
        Assert.Contains(allowed, Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_the_data_ends_the_benchmark()
    {
        using var folder = new EmptyFolder();
        string file = System.IO.Path.Combine(folder.Path, "peers/vidur/inputs/conv_x2.csv.gz");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "id,arrived_at,prompt_tokens,output_tokens\n0,0,none,4\n");
        Outcome outcome = Command.Run("bench", "sim", "--data", folder.Path, "--figure", "conv_x2_peak_mb", "--repeat", "1");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("conv_x2.csv.gz:2:", outcome.Errors, StringComparison.Ordinal);
    }

    private sealed class EmptyFolder : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cortex-bench-test-");

        public string Path => folder.FullName;

        public void Dispose() => folder.Delete(recursive: true);
    }
}
