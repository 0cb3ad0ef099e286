using Cortex.Policies;
using Xunit;

namespace Cortex.CostModels.Tests;

public sealed class CostModelFactoryTests
{
    private const long KvTokens = 4096;

    [Fact]
    public void A_constant_step_costs_10_5_or_15_ms_unless_said_otherwise()
    {
        IStepCost cost = Create("constant");
        Assert.Equal(0.010, cost.Prefill(new PrefillChunk(0, 7)));
        Assert.Equal(0.005, cost.Decode(3, 9));
        Assert.Equal(0.015, cost.Mixed(3, 9, new PrefillChunk(0, 7)));
        Assert.Equal(StepRounding.EachStep, cost.Rounding);
    }

    [Theory]
    [InlineData("250us", 0.00025)]
    [InlineData("1.5ms", 0.0015)]
    [InlineData("2s", 2)]
    [InlineData("100ns", 1e-7)]
    public void Times_are_durations_with_a_unit(string text, double seconds) =>
        Assert.Equal(seconds, Create("constant", ("decode", text)).Decode(1, 1));

    [Theory]
    [InlineData("roofine", "", "", "unknown cost model 'roofine'; the nearest is 'roofline'; known: roofline, closed-form:vidur, closed-form:aisimulate, constant, fitted, table")]
    [InlineData("constant", "decod", "1ms", "unknown option of cost model constant 'decod'; the nearest is 'decode'; known: prefill, decode, both")]
    [InlineData("roofline", "layers", "1", "unknown option of cost model roofline 'layers'; none is known here")]
    [InlineData("constant", "decode", "5", "decode must be a duration of more than 0 and at most 1000s such as 10ms (ns, us, ms or s), not '5'")]
    [InlineData("constant", "decode", "-5ms", "decode must be a duration of more than 0 and at most 1000s such as 10ms (ns, us, ms or s), not '-5ms'")]
    [InlineData("constant", "prefill", "1e300s", "prefill must be a duration of more than 0 and at most 1000s such as 10ms (ns, us, ms or s), not '1e300s'")]
    [InlineData("closed-form:aisimulate", "timing", "fixd", "unknown timing 'fixd'; the nearest is 'fixed'; known: polynomial, fixed")]
    [InlineData("closed-form:aisimulate", "decode", "5ms", "unknown option of cost model closed-form:aisimulate 'decode'; the nearest is 'timing'; known: timing")]
    [InlineData("closed-form:vidur", "layers", "0", "layers must be a whole number of at least 1, not '0'")]
    public void Faults_are_told_in_one_line(string name, string key, string value, string message) =>
        Assert.Equal(message, Assert.Throws<CostModelException>(() => key.Length == 0 ? Create(name) : Create(name, (key, value))).Message);

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("fcfs", "fcsf", 1)]
    [InlineData("fcfs", "FCF", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    public void Distance_counts_edits_and_swaps(string left, string right, int edits)
    {
        Assert.Equal(edits, NearestName.Distance(left, right));
        Assert.Equal(edits, NearestName.Distance(right, left));
    }

    [Fact]
    public void AISimulates_times_are_polynomials_in_the_engines_memory_or_fixed()
    {
        ClosedFormAisimulateCost polynomial = ClosedFormAisimulateCost.Polynomial(KvTokens);
        Assert.Equal(polynomial.Decode(3, 900), Create("closed-form:aisimulate").Decode(3, 900));
        IStepCost given = Create("closed-form:aisimulate", ("timing", "fixed"), ("decode", "7ms"));
        Assert.Equal(0.017, given.Mixed(3, 900, new PrefillChunk(0, 7)));
    }

    private static IStepCost Create(string name, params (string Key, string Value)[] options) => CostModelFactory.Create(
        name, options.ToDictionary(option => option.Key, option => option.Value), HardwareCatalog.Gpu("h100"), HardwareCatalog.Model("llama-3-8b"), 1, KvTokens);
}
