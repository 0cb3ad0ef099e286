using System.Globalization;
using Cortex.CostModels;
using Cortex.Testing;
using Xunit;

namespace Cortex.Experiments.Tests.Calibration;

/// <summary>cortex calibrate, from the engine to a simulation with what it measured.</summary>
public sealed class CalibrateTests : IDisposable
{
    private static readonly string Quickstart = Path.Combine(Shared.Solution, "experiments", "live-quickstart.yaml");
    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Steps_are_measured_fitted_and_simulated_with()
    {
        string file = folder["times.json"];
        // Small, since the steps of a model like this take as long as a thread needs to wake up.
        int code = Calibrate.Run(new() { File = Quickstart, Output = file, Rounds = 3, Set = ["cluster.engines.num_blocks=96", "cluster.engines.max_num_seqs=4"] }, console.Console, console.Errors, default);
        Assert.Equal("", console.Errors.ToString());
        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("error on points not fitted: median ", console.Text, StringComparison.Ordinal);
        Assert.Contains("4 decodes at 760, 752 in common ", console.Text, StringComparison.Ordinal);
        FittedCostFile fitted = FittedCostFile.Read(file);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 16, 17, 32, 33, 64, 65, 128, 129, 256], fitted.Tokens);
        Assert.True(fitted.Cost().MindsNeighbours, "two engines share the machine");
        Assert.Equal(3, fitted.HeldOutErrors.Count);
        Assert.InRange(fitted.HeldOutErrors[0], 0, 1);
        FittedCost cost = fitted.Cost();
        // More work takes longer: 256 tokens of prompt more than 16.
        Assert.True(Prefill(cost, 256) > Prefill(cost, 16));

        string experiment = folder.Write("fitted.yaml", $$"""
            workload: {trace: {{Path.Combine(Shared.Solution, "traces", "nl2sql-tools.jsonl")}}}
            cluster: {engines: [{engine: cpu, count: 2, num_blocks: 192, max_num_batched_tokens: 256, max_num_seqs: 8}]}
            costs: {model: fitted, file: times.json}
            """);
        Assert.Equal(ExitCode.Ok, SingleRun.Run(new() { File = experiment, ResultsFolder = folder["results"] }, console.Console, console.Errors, default));
        Assert.Contains("Step times: fitted (calibrated: fitted to measurements of a machine).", console.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_experiment_whose_engines_compute_nothing_cannot_be_calibrated()
    {
        string quickstart = Path.Combine(Shared.Solution, "experiments", "quickstart.yaml");
        Assert.Equal(ExitCode.BadInput, Calibrate.Run(new() { File = quickstart, Output = folder["times.json"] }, console.Console, console.Errors, default));
        Assert.Contains("no engine computes; allowed: one with engine: cpu", console.Errors.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["times.json"]));
        string mine = folder.Write("mine.txt", "mine");
        TestConsole refused = new();
        Assert.Equal(ExitCode.BadInput, Calibrate.Run(new() { File = quickstart, Output = mine }, refused.Console, refused.Errors, default));
        Assert.Contains("the file exists and is not a file of step times", refused.Errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(mine));
    }

    [Fact]
    public void Blocks_that_no_memory_holds_are_told()
    {
        Assert.Equal(ExitCode.BadInput, Calibrate.Run(new() { File = Quickstart, Output = folder["times.json"], Set = ["cluster.engines.block_size=100000000"] }, console.Console, console.Errors, default));
        Assert.Contains("no memory for 192 blocks of KV, 100000000 tokens each, in 2 engines; allowed: a smaller num_blocks, block_size or count", console.Errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "no file of fitted step times")]
    [InlineData("nonsense", "no file of fitted step times")]
    [InlineData("""{"format":"cortex-step-times-3","source":"","tokens":null,"alone":{"seconds":[1,2],"terms":{"decode_row":0,"decode_context":0,"decode_pair":0,"prefill_row":0,"prefill_context":0,"prefill_pair":0}},"held_out_errors":[]}""", "no file of fitted step times")]
    [InlineData("""{"format":"other","source":"","tokens":[1,2],"alone":{"seconds":[1,2],"terms":{"decode_row":0,"decode_context":0,"decode_pair":0,"prefill_row":0,"prefill_context":0,"prefill_pair":0}},"held_out_errors":[]}""", "the format is 'other'")]
    [InlineData("""{"format":"cortex-step-times-3","source":"","tokens":[1],"alone":{"seconds":[1],"terms":{"decode_row":0,"decode_context":0,"decode_pair":0,"prefill_row":0,"prefill_context":0,"prefill_pair":0}},"held_out_errors":[]}""", "two numbers of tokens or more")]
    [InlineData("""{"format":"cortex-step-times-3","source":"","tokens":[1,2],"alone":{"seconds":[1,-2],"terms":{"decode_row":0,"decode_context":0,"decode_pair":0,"prefill_row":0,"prefill_context":0,"prefill_pair":0}},"held_out_errors":[]}""", "must be 0 or more")]
    public void A_file_that_holds_no_step_times_is_told(string text, string why)
    {
        string file = folder.Write("times.json", text);
        CostModelException fault = Assert.Throws<CostModelException>(() => FittedCostFile.Read(file).Cost());
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    private static double Prefill(FittedCost cost, int tokens) =>
        cost.Seconds(new() { Tokens = tokens, DecodeSequences = 0, DecodeContext = 0, Prefills = [new(0, tokens)] }, out _);

    [Fact]
    public void Fitted_times_are_lines_between_numbers_of_tokens_and_terms_beside()
    {
        FittedCost cost = new([1, 4, 16], new([0.010, 0.013, 0.025], new(DecodeRow: 0.001, DecodeContext: 0.00001, DecodePair: 0.000002, PrefillRow: 0.002, PrefillContext: 0.0001, PrefillPair: 0.000001)));
        Close(0.010 + 0.001 + 0.0005 + 0.0001, Decodes(cost, 1, 50));
        Close(0.012 + 0.003 + 0.003 + 0.0006, Decodes(cost, 3, 100));
        // What they have in common is read once, and computed with by each.
        Close(0.012 + 0.003 + 0.0014 + 0.0006, Decodes(cost, 3, 100, shared: 160));
        // Nobody reads less than all of its own, whatever other calls hold the same.
        Close(0.012 + 0.003 + 0.001 + 0.0006, Decodes(cost, 3, 100, shared: 1000));
        Close(0.013 + 0.002 + (0.0001 * 10) + (0.000001 * 4 * 12), cost.Seconds(new() { Tokens = 4, DecodeSequences = 0, DecodeContext = 0, Prefills = [new(10, 4)] }, out int alike));
        Assert.Equal(1, alike);
        // Beyond the last number the last line goes on.
        Close(0.041 + 0.002 + (0.000001 * 32 * 16), Prefill(cost, 32));
    }

    [Fact]
    public void Neighbours_that_decode_slow_a_step_down_by_their_share()
    {
        StepTerms none = default;
        FittedCost cost = new([1, 2], new([0.010, 0.012], none), new([0.014, 0.015], none));
        Close(0.011, WithNeighbours(cost, 0.25));
        Close(0.014, WithNeighbours(cost, 1));
        Assert.True(cost.MindsNeighbours);
        FittedCost without = new([1, 2], new([0.010, 0.012], none));
        Close(0.010, WithNeighbours(without, 1));
        Assert.False(without.MindsNeighbours);

        static double WithNeighbours(FittedCost cost, double share) => cost.Seconds(new() { Tokens = 1, DecodeSequences = 1, DecodeContext = 1, DecodingNeighbours = share }, out _);
    }

    private static double Decodes(FittedCost cost, int rows, int context, long shared = 0) =>
        cost.Seconds(new() { Tokens = rows, DecodeSequences = rows, DecodeContext = (long)rows * context, SharedTokens = shared }, out _);

    private static void Close(double expected, double value) => Assert.Equal(expected.ToString("G10", CultureInfo.InvariantCulture), value.ToString("G10", CultureInfo.InvariantCulture));
}
