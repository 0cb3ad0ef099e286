using Cortex.Policies;
using Xunit;

namespace Cortex.CostModels.Tests;

public sealed class ClosedFormAisimulateTests
{
    private static readonly IStepCost Polynomial = ClosedFormAisimulateCost.Polynomial(1000);

    /// <summary>The first is the first step of the recorded run <c>conv5000_w1_poly_tight</c>.</summary>
    [Theory]
    [InlineData(8192, 169_136_918)]
    [InlineData(1, 16_516_604)]
    [InlineData(10, 16_653_296)]
    public void A_prefill_is_a_square_in_its_tokens_rounded_to_a_nanosecond(int tokens, long ns) =>
        Assert.Equal(ns / 1e9, Polynomial.Prefill(new PrefillChunk(0, tokens)));

    [Fact]
    public void Of_several_prefills_the_means_count_rounded_down()
    {
        // 2 × (⌊(5 + 7) / 2⌋ − ⌊3 / 2⌋) = 10
        Assert.Equal(Polynomial.Prefill(new PrefillChunk(0, 10)), Polynomial.Prefill(new PrefillChunk(0, 5), new PrefillChunk(3, 4)));
    }

    [Theory]
    [InlineData(1, 5_793_984)]
    [InlineData(500, 26_310_000)]
    [InlineData(1000, 34_010_000)]
    [InlineData(2000, 34_010_000)]
    public void A_decode_is_a_square_in_the_share_of_the_memory(long context, long ns) => Assert.Equal(ns / 1e9, Polynomial.Decode(1, context));

    [Fact]
    public void Once_the_memory_is_full_all_decodes_are_alike()
    {
        Polynomial.Decode(2, 999, out int below);
        Polynomial.Decode(2, 1000, out int full);
        Assert.Equal((1, int.MaxValue), (below, full));
    }

    [Fact]
    public void What_is_recomputed_of_an_output_costs_no_prefill_and_its_end_is_a_decode()
    {
        Assert.Equal(0, Polynomial.Prefill(new PrefillChunk(100, 20, Recomputed: 20)));
        Assert.Equal(Polynomial.Decode(1, 120), Polynomial.Prefill(new PrefillChunk(100, 20, Recomputed: 20, Resumes: true)));
        Assert.Equal(
            Polynomial.Prefill(new PrefillChunk(90, 10)) + Polynomial.Decode(3, 420),
            Polynomial.Mixed(2, 300, new PrefillChunk(90, 30, Recomputed: 20, Resumes: true)), 1e-12);
    }

    [Fact]
    public void Fixed_times_are_added_if_there_is_both()
    {
        IStepCost cost = ClosedFormAisimulateCost.Fixed();
        Assert.Equal(0.010, cost.Prefill(new PrefillChunk(0, 9000), new PrefillChunk(4, 5)));
        Assert.Equal(0.005, cost.Decode(200, 90_000, out int alike));
        Assert.Equal(0.015, cost.Mixed(1, 5, new PrefillChunk(0, 1)));
        Assert.Equal(0.015, cost.Prefill(new PrefillChunk(0, 9, Recomputed: 2, Resumes: true)));
        Assert.Equal((int.MaxValue, StepRounding.EachStep), (alike, cost.Rounding));
    }

    [Fact]
    public void Times_and_rooms_of_nothing_are_refused()
    {
        Assert.Contains("more than 0 s", Assert.Throws<CostModelException>(() => ClosedFormAisimulateCost.Fixed(0, 1)).Message);
        Assert.Contains("at least 1 token", Assert.Throws<CostModelException>(() => ClosedFormAisimulateCost.Polynomial(0)).Message);
    }
}
