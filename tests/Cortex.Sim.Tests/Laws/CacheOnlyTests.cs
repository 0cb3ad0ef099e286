using Cortex.Policies;
using Xunit;

namespace Cortex.Sim.Tests.Laws;

/// <summary>Laws of the prefix cache under LRU, with a fixed order of accesses (in a closed loop they need not hold); seeds 1 to 20.</summary>
public sealed class CacheOnlyTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 20).Select(seed => (ulong)seed)];

    [Theory, MemberData(nameof(Seeds)), Trait("check", "19")]
    public void More_memory_never_lowers_the_hits(ulong seed)
    {
        List<Segment[]> prompts = CacheOnly.Prompts(seed);
        long[] hits = [.. Sizes.Select(blocks => CacheOnly.Hits(prompts, blocks))];
        Assert.Equal(hits.Order(), hits);
        Assert.True(hits[0] < hits[^1], "memory makes no difference");
    }

    [Theory, MemberData(nameof(Seeds)), Trait("check", "22")]
    public void Less_sharing_never_raises_the_hits(ulong seed)
    {
        List<Segment[]> shared = CacheOnly.Prompts(seed), apart = CacheOnly.Prompts(seed, shared: false);
        foreach (int blocks in Sizes)
        {
            long with = CacheOnly.Hits(shared, blocks), without = CacheOnly.Hits(apart, blocks);
            Assert.True(without <= with, $"{blocks} blocks: {with} hits with sharing, {without} without");
        }
        Assert.True(CacheOnly.Hits(apart, Sizes[^1]) < CacheOnly.Hits(shared, Sizes[^1]), "sharing makes no difference");
    }

    private static int[] Sizes => [.. Enumerable.Range(0, 40).Select(i => CacheOnly.LongestPrompt + (i * 25)), 20_000];
}
