using Cortex.Policies;
using Xunit;

namespace Cortex.CostModels.Tests;

/// <summary>Step times from a table of measured steps.</summary>
public sealed class TableCostTests
{
    public const string Table = """
        prefill_tokens,prefill_context,decode_sequences,decode_context,seconds
        16,0,0,0,0.010
        64,0,0,0,0.030
        16,1000,0,0,0.012
        64,1000,0,0,0.036
        0,0,1,1,0.004
        0,0,1,1001,0.005
        0,0,8,1,0.008
        0,0,8,1001,0.016

        """;

    private static readonly IStepCost Cost = Of(Table);

    [Fact]
    public void Measured_steps_take_what_was_measured()
    {
        Assert.Equal(0.030, Cost.Prefill(new PrefillChunk(0, 64)), 12);
        Assert.Equal(0.012, Cost.Prefill(new PrefillChunk(1000, 16)), 12);
        Assert.Equal(0.005, Cost.Decode(1, 1001), 12);
        Assert.Equal(0.016, Cost.Decode(8, 8 * 1001), 12);
        Assert.Equal(CostQualification.Calibrated, Cost.Qualification);
    }

    [Fact]
    public void Between_them_lines_are_drawn()
    {
        Assert.Equal(0.020, Cost.Prefill(new PrefillChunk(0, 40)), 12);
        Assert.Equal((0.020 + 0.024) / 2, Cost.Prefill(new PrefillChunk(500, 40)), 12);
        Assert.Equal((0.0045 + 0.012) / 2, Cost.Decode(4, 4 * 501) + (0.5 / 7 * (0.012 - 0.0045)), 12);
    }

    [Fact]
    public void Below_the_least_it_counts_and_beyond_the_largest_the_line_goes_on()
    {
        Assert.Equal(0.010, Cost.Prefill(new PrefillChunk(0, 1)), 12);
        Assert.Equal(0.050, Cost.Prefill(new PrefillChunk(0, 112)), 12);
        Assert.Equal(0.006, Cost.Decode(1, 2001), 12);
        IStepCost falling = Of(Table.Replace("0,0,1,1001,0.005", "0,0,1,1001,0.003", StringComparison.Ordinal));
        Assert.Equal(0.003, falling.Decode(1, 100_000), 12);
    }

    [Fact]
    public void A_step_of_both_takes_a_chunk_of_all_its_tokens_and_the_decodes_attention()
    {
        Assert.Equal(0.030 + 0.008, Cost.Mixed(8, 8 * 1001, new PrefillChunk(0, 56)), 12);
        // Two chunks are one, with the mean of what stands before their tokens.
        Assert.Equal(Cost.Prefill(new PrefillChunk(250, 64)), Cost.Prefill(new PrefillChunk(0, 48), new PrefillChunk(1000, 16)), 12);
    }

    [Theory]
    [InlineData("16,0,0,0,0.010", "16,0,0,0,fast", ":2: seconds is 'fast'; allowed: a number above 0, at most 1000")]
    [InlineData("16,0,0,0,0.010", "16,0,0,0,0", ":2: seconds is '0'; allowed: a number above 0, at most 1000")]
    [InlineData("64,0,0,0,0.030", "64,0,0,0.030", ":3: 4 fields; allowed: 5, as in the header")]
    [InlineData("64,0,0,0,0.030", "64,-1,0,0,0.030", ":3: prefill_context is '-1'; allowed: a whole number from 0 to 2147483647")]
    [InlineData("64,0,0,0,0.030", "64,0,1,1,0.030", ":3: neither a prompt chunk nor decodes; allowed: prefill_tokens from 1 with decode_sequences and decode_context 0, or")]
    [InlineData("64,0,0,0,0.030", "16,0,0,0,0.030", ":3: this step stands in the table before; allowed: each once")]
    [InlineData("64,0,0,0,0.030", "65,0,0,0,0.030", ": no row has prefill_tokens 64 with prefill_context 0; allowed: every prefill_tokens of the table with every prefill_context")]
    [InlineData("decode_context,seconds", "decode_context,ms", ":1: the header is another; allowed: prefill_tokens, prefill_context, decode_sequences, decode_context, seconds")]
    public void A_fault_is_told_with_its_line(string right, string wrong, string what) =>
        Assert.Contains(what, Assert.Throws<CostModelException>(() => Of(Table.Replace(right, wrong, StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    [Fact]
    public void Both_kinds_of_steps_are_needed() => Assert.Contains(
        "no row has decode_sequences above 0; allowed: a CSV file of measured steps with ",
        Assert.Throws<CostModelException>(() => Of(Table[..Table.IndexOf("0,0,1,1,", StringComparison.Ordinal)])).Message, StringComparison.Ordinal);

    /// <summary>The model of a table with this text.</summary>
    internal static IStepCost Of(string table)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, table);
            return CostModelFactory.Create("table", new Dictionary<string, string> { ["file"] = file }, null, HardwareCatalog.Model("llama-3-8b"), 1, kvTokens: 1);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
