using Cortex.Policies;
using Cortex.Runtime.Engines;
using Xunit;

namespace Cortex.Runtime.Tests.Steps;

/// <summary>Names of tokens that a trace knows by stream and offset alone.</summary>
public sealed class StreamTokensTests
{
    private static readonly CallRequest Call = new()
    {
        Tag = 0, WorkflowTag = 0, Stage = new(0), Prompt = [new(new(3), 10, 5), new(new(4), 0, 2), new(new(3), 15, 3)], PromptTokens = 10, MaxTokens = 9, Output = new(7),
    };

    [Fact]
    public void Equal_stream_and_offset_are_equal_tokens()
    {
        StreamTokens tokens = new(50_000, []);
        List<int> ids = [];
        tokens.AddTo(ids, Call, start: 0, count: 12);
        (int Stream, int Offset)[] named = [(3, 10), (3, 11), (3, 12), (3, 13), (3, 14), (4, 0), (4, 1), (3, 15), (3, 16), (3, 17), (7, 0), (7, 1)];
        Assert.Equal(named.Select(token => tokens.IdOf(new(token.Stream), token.Offset)), ids);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(4, 3)]
    [InlineData(7, 5)]
    [InlineData(10, 2)]
    [InlineData(13, 1)]
    public void Any_stretch_of_a_call_has_the_tokens_of_the_whole(int start, int count)
    {
        StreamTokens tokens = new(50_000, []);
        List<int> all = [], some = [];
        tokens.AddTo(all, Call, 0, 15);
        tokens.AddTo(some, Call, start, count);
        Assert.Equal(all.GetRange(start, count), some);
    }

    [Fact]
    public void Ids_are_spread_over_the_vocabulary_and_spare_what_is_reserved()
    {
        StreamTokens tokens = new(100, [0, 2, 99]);
        int[] counts = new int[100];
        for (int i = 0; i < 97_000; i++)
        {
            counts[tokens.IdOf(new(i / 1_000), i % 1_000)]++;
        }
        Assert.Equal([0, 0, 0], [counts[0], counts[2], counts[99]]);
        Assert.All(Enumerable.Range(3, 96), id => Assert.InRange(counts[id], 800, 1_200));
        // Not one after the other at equal distances.
        int[] gaps = [.. Enumerable.Range(0, 200).Select(i => (tokens.IdOf(new(5), i + 1) - tokens.IdOf(new(5), i) + 100) % 100)];
        Assert.True(gaps.Distinct().Count() > 50);
    }

    [Fact]
    public void A_vocabulary_of_nothing_but_reserved_ids_is_refused() => Assert.Throws<ArgumentException>(() => new StreamTokens(2, [0, 1]));
}
