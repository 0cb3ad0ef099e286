using System.Globalization;
using System.Text.RegularExpressions;
using Cortex.Testing;
using Xunit;

namespace Cortex.Experiments.Tests.Validation;

/// <summary>cortex validate: live and simulated side by side. Whether they agree is a matter of the machine; that all is there to judge it is not.</summary>
public sealed class ValidateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_set_is_played_live_and_simulated_and_compared()
    {
        string file = folder.Write("small.yaml", Experiment("fitted, file: times.json"));
        folder.Write("times.json", """
            {"format":"cortex-step-times-3","source":"made up","tokens":[1,256],"held_out_errors":[0,0,0],
             "alone":{"seconds":[0.0001,0.004],"terms":{"decode_row":0.00005,"decode_context":0.0000001,"decode_pair":0,"prefill_row":0.0001,"prefill_context":0,"prefill_pair":0.00000001}},
             "beside_decodes":{"seconds":[0.0002,0.004],"terms":{"decode_row":0.00005,"decode_context":0.0000001,"decode_pair":0,"prefill_row":0.0001,"prefill_context":0,"prefill_pair":0.00000001}}}
            """);
        var options = new ValidateOptions { File = file, ResultsFolder = folder["results"] };
        Assert.Equal(ExitCode.Ok, Validate.Run(options, console.Console, console.Errors, default));
        Assert.Empty(console.Errors.ToString());
        // Two sets, live and simulated, and the baseline once more; two loads; two repetitions.
        string[] journals = Directory.GetFiles(folder["results/small/validate/journals"]);
        Assert.Equal(3 * 2 * 2, journals.Length);
        Assert.Contains($"parity: {journals.Length} of {journals.Length} live runs replay identically; ", console.Text, StringComparison.Ordinal);
        string executed = console.Text[console.Text.IndexOf("live runs replay identically; ", StringComparison.Ordinal)..].Split(['\n', ';'])[1].Trim();
        Assert.Equal(executed.Split(' ')[0], executed.Split(' ')[2]);
        Assert.Equal(6, console.Text.Split(" × live ").Length - 1);
        Assert.Contains(" over 4 points, R² ", console.Text, StringComparison.Ordinal);
        Assert.Contains("Gain in mean workflow time", console.Text, StringComparison.Ordinal);
        Assert.Contains("step times ", console.Text, StringComparison.Ordinal);
        Assert.All(Regex.Matches(console.Text, @"engines (\d+\.\d) % busy"), busy => Assert.InRange(double.Parse(busy.Groups[1].Value, CultureInfo.InvariantCulture), 0.1, 99.9));
        Assert.Equal(2 * 2, Regex.Count(console.Text, @"engines \d+\.\d % busy"));
        string[] rows = File.ReadAllLines(folder["results/small/validate/validation.csv"]);
        // Six times of two sets at two loads.
        Assert.Equal(1 + (6 * 2 * 2), rows.Length);
        string throughput = File.ReadAllText(folder["results/small/validate/figures/tpot.svg"]);
        Assert.Contains("baseline (live)", throughput, StringComparison.Ordinal);
        Assert.Contains("baseline (simulated)", throughput, StringComparison.Ordinal);

        // What was run is found again: the journals stay as they are.
        DateTime[] written = [.. journals.Select(File.GetLastWriteTimeUtc)];
        Assert.Equal(ExitCode.Ok, Validate.Run(options, console.Console, console.Errors, default));
        Assert.Equal(written, journals.Select(File.GetLastWriteTimeUtc));
        // Named by content as their cells are, so that those of another seed or trace lie beside them.
        IEnumerable<string?> cells = Directory.GetFiles(folder["results/small/validate/cells"]).Select(Path.GetFileNameWithoutExtension);
        Assert.Subset(cells.ToHashSet(), journals.Select(Path.GetFileNameWithoutExtension).ToHashSet());
    }

    [Theory]
    [InlineData("constant", "a validation needs calibrated costs")]
    public void Costs_that_were_not_measured_cannot_be_validated(string costs, string why)
    {
        string file = folder.Write("small.yaml", Experiment(costs));
        Assert.Equal(ExitCode.BadInput, Validate.Run(new() { File = file, ResultsFolder = folder["results"] }, console.Console, console.Errors, default));
        Assert.Contains(why, console.Errors.ToString(), StringComparison.Ordinal);
    }

    private static string Experiment(string costs) => $$$"""
        workload: {trace: {{{Path.Combine(Shared.Solution, "traces", "nl2sql-tools.jsonl")}}}, players: open}
        cluster: {engines: [{engine: cpu, count: 2, threads: 1, num_blocks: 192, max_num_batched_tokens: 256, max_num_seqs: 8}]}
        costs: {model: {{{costs}}}}
        policies: {baseline: {}, sticky: {routing: session-sticky}}
        sweep: {workload.load: [2, 4]}
        repeat: 2
        """;
}
