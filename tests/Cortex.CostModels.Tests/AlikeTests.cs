using Cortex.Policies;
using Cortex.Policies.Random;
using Xunit;

namespace Cortex.CostModels.Tests;

/// <summary>A run of decode steps may be taken in one go only if asking step by step gives the same bits.</summary>
public sealed class AlikeTests
{
    public static TheoryData<string> Models => [.. CostModelFactory.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public void Steps_said_to_be_alike_take_the_same_time_to_the_last_bit(string name)
    {
        IStepCost cost = Create(name);
        RandomStream random = new(1, "alike");
        for (int trial = 0; trial < 2_000; trial++)
        {
            int sequences = 1 + random.NextInt(300);
            long context = ((long)sequences * (1 + random.NextInt(1 << random.NextInt(18)))) + random.NextInt(sequences);
            double first = cost.Decode(sequences, context, out int alike);
            Assert.InRange(alike, 1, int.MaxValue);
            int asked = Math.Min(alike, 3_000);
            for (int step = 1; step < asked; step++)
            {
                double next = cost.Decode(sequences, context + ((long)step * sequences), out int left);
                Assert.Equal(BitConverter.DoubleToInt64Bits(first), BitConverter.DoubleToInt64Bits(next));
                Assert.Equal(alike == int.MaxValue ? alike : alike - step, left);
            }
            if (alike < int.MaxValue)
            {
                Assert.True(cost.Decode(sequences, context + ((long)alike * sequences)) > first);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_step_with_prefills_is_alike_to_no_other(string name)
    {
        Create(name).Seconds(
            new() { Tokens = 18, DecodeSequences = 2, DecodeContext = 130, Prefills = [new(0, 16)] }, out int alike);
        Assert.Equal(1, alike);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Asking_allocates_nothing(string name)
    {
        IStepCost cost = Create(name);
        double sum = Ask(cost, 100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        sum += Ask(cost, 1_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sum > 0);
    }

    private static double Ask(IStepCost cost, int times)
    {
        double sum = 0;
        for (int i = 1; i <= times; i++)
        {
            sum += cost.Decode(i, 100L * i) + cost.Mixed(i, 100L * i, new PrefillChunk(i, 17), new PrefillChunk(0, i));
        }
        return sum;
    }

    // What is measured comes from files; here it grows with the context, as engines' steps do.
    private static IStepCost Create(string name) => name switch
    {
        "fitted" => new FittedCost([1, 8, 512], new([0.001, 0.002, 0.050], new(DecodeRow: 1e-5, DecodeContext: 1e-8, DecodePair: 1e-9, PrefillRow: 1e-4, PrefillContext: 1e-8, PrefillPair: 1e-9))),
        "table" => TableCostTests.Of(TableCostTests.Table),
        _ => CostModelFactory.Create(name, new Dictionary<string, string>(), HardwareCatalog.Gpu("h100"), HardwareCatalog.Model("llama-3-8b"), 1, kvTokens: 100_000),
    };
}
