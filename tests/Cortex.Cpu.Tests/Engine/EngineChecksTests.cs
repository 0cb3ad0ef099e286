using Cortex.Runtime.Engines;
using Cortex.Runtime.Models;
using Xunit;

namespace Cortex.Cpu.Tests.Engine;

/// <summary>A step that cannot be computed is refused before anything is written, and says why.</summary>
public sealed class EngineChecksTests : IDisposable
{
    private readonly ModelWeights weights = ModelLoader.Open("random:tiny");
    private readonly CpuEngine engine;

    public EngineChecksTests() => engine = new(weights, new() { Blocks = 4, Threads = 1 });

    [Theory]
    [InlineData(4, "Sequence 7: block 4 is not one of the pool's 4.")]
    [InlineData(-1, "Sequence 7: block -1 is not one of the pool's 4.")]
    public void A_block_that_the_pool_lacks(int block, string message) =>
        AssertRefused(message, Step(new(7, 0, 2, 1, true), [1, 2], [block]));

    [Fact]
    public void Fewer_blocks_than_tokens() =>
        AssertRefused("Sequence 7: 16 + 1 tokens do not fit its 1 blocks of 16.", Step(new(7, 16, 1, 1, true), [1], [0]));

    [Fact]
    public void A_token_outside_the_vocabulary() =>
        AssertRefused("Sequence 7: token 512 is not in the vocabulary of 512.", Step(new(7, 0, 1, 1, true), [512], [0]));

    [Fact]
    public void A_placeholder_that_stands_for_nothing() =>
        AssertRefused("Sequence 7: a placeholder, but the sequence has sampled nothing.", Step(new(7, 0, 1, 1, true), [StepBatch.Placeholder], [0]));

    [Fact]
    public void A_placeholder_of_a_sequence_that_was_forgotten()
    {
        engine.Run(Step(new(7, 0, 1, 1, true), [1], [0]), new int[1]);
        engine.Forget(7);
        AssertRefused("Sequence 7: a placeholder, but the sequence has sampled nothing.", Step(new(7, 1, 1, 1, true), [StepBatch.Placeholder], [0]));
    }

    [Fact]
    public void A_row_without_tokens() =>
        AssertRefused("Sequence 7: start 0, 0 tokens and 1 blocks are not within the step.", Step(new(7, 0, 0, 1, false), [], [0]));

    [Fact]
    public void Tokens_that_belong_to_no_row() =>
        AssertRefused("Rows have 1 tokens and 1 blocks together, the step 2 and 1.", Step(new(7, 0, 1, 1, true), [1, 2], [0]));

    [Fact]
    public void A_step_without_rows_computes_nothing()
    {
        engine.Run(new(), []);
        AssertRefused("Rows have 0 tokens and 0 blocks together, the step 1 and 0.", new() { TokenIds = { 1 } });
    }

    [Fact]
    public void A_placeholder_is_the_token_sampled_last()
    {
        int[] sampled = new int[1];
        engine.Run(Step(new(1, 0, 3, 1, true), [5, 6, 7], [0]), sampled);
        int first = sampled[0];
        engine.Run(Step(new(1, 3, 1, 1, true), [StepBatch.Placeholder], [0]), sampled);
        int byPlaceholder = sampled[0];
        engine.Run(Step(new(2, 0, 4, 1, true), [5, 6, 7, first], [1]), sampled);
        Assert.Equal(sampled[0], byPlaceholder);
    }

    [Fact]
    public void A_row_that_does_not_yield_samples_nothing()
    {
        int[] sampled = [-1];
        StepBatch batch = Step(new(1, 0, 2, 1, false), [5, 6], [0]);
        batch.Rows.Add(new(2, 0, 1, 1, true));
        batch.TokenIds.Add(3);
        batch.BlockIds.Add(1);
        engine.Run(batch, sampled);
        Assert.InRange(sampled[0], 0, 511);
    }

    [Fact]
    public void Steady_steps_allocate_nothing()
    {
        using CpuEngine chunked = new(weights, new() { Blocks = 8, AttentionChunk = 16, Threads = 1 });
        StepBatch batch = new();
        batch.Rows.AddRange([new(1, 0, 3, 1, true), new(2, 20, 1, 2, true), new(3, 36, 1, 3, true), new(4, 17, 1, 2, true)]);
        batch.TokenIds.AddRange([5, 6, 7, 3, 4, 2]);
        batch.BlockIds.AddRange([0, 1, 2, 1, 3, 4, 5, 6]);
        int[] sampled = new int[4];
        chunked.Run(batch, sampled);
        chunked.Run(batch, sampled);
        long before = GC.GetAllocatedBytesForCurrentThread();
        chunked.Run(batch, sampled);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        AssertRefused(new() { Blocks = 0 });
        AssertRefused(new() { Blocks = 1, BlockSize = 0 });
        AssertRefused(new() { Blocks = 1, HostBlocks = -1 });
        AssertRefused(new() { Blocks = 1, DiskBlocks = 1 });
        AssertRefused(new() { Blocks = 1, Threads = -1 });
        AssertRefused(new() { Blocks = 1, AttentionChunk = 0 });
    }

    public void Dispose()
    {
        engine.Dispose();
        weights.Dispose();
    }

    private static StepBatch Step(BatchRow row, int[] tokens, int[] blocks)
    {
        StepBatch batch = new();
        batch.Rows.Add(row);
        batch.TokenIds.AddRange(tokens);
        batch.BlockIds.AddRange(blocks);
        return batch;
    }

    private void AssertRefused(string message, StepBatch batch)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => engine.Run(batch, new int[1]));
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    private void AssertRefused(CpuEngineOptions options) => Assert.ThrowsAny<ArgumentException>(() => new CpuEngine(weights, options));
}
