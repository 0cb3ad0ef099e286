using Cortex.Runtime.Engines;
using Cortex.Runtime.Engines.Forward;
using Xunit;

namespace Cortex.Cpu.Tests.Engine;

/// <summary>However a step is cut, every token meets every position up to its own once, and its partial results stand in order of position.</summary>
public sealed class AttentionPlannerTests
{
    private const int BlockSize = 4;
    private const int Chunk = 8;
    private readonly StepBatch batch = new();
    private readonly StepInputs step = new();

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(1000, 1000)]
    [InlineData(1000, 3)]
    [InlineData(1, 0)]
    public void Every_token_meets_every_position_once(int pieces, int partials)
    {
        for (int seed = 0; seed < 200; seed++)
        {
            FillAtRandom(new(seed));
            AttentionPlan plan = Plan(new(Chunk, QueryTokens: 3, pieces, partials));
            AssertCovers(plan);
            Assert.True(plan.Partials <= partials);
        }
    }

    [Fact]
    public void Branches_read_what_they_share_once()
    {
        // A stem of 16 positions for all, 16 more for the first two, then each alone; the last row shares nothing.
        Row(start: 37, tokens: 1, blocks: [0, 1, 2, 3, 4, 5, 6, 7, 20, 21]);
        Row(start: 40, tokens: 1, blocks: [0, 1, 2, 3, 4, 5, 6, 7, 22, 23, 24]);
        Row(start: 33, tokens: 1, blocks: [0, 1, 2, 3, 14, 15, 16, 17, 18]);
        Row(start: 33, tokens: 1, blocks: [8, 9, 30, 31, 32, 33, 34, 35, 36]);
        AttentionPlan plan = Plan(new(Chunk, QueryTokens: 8, Pieces: 1, PartialTokens: 1000));
        AssertCovers(plan);
        Assert.Contains(plan.Items, item => item is { Queries: 3, Start: 0, End: 16 });
        Assert.Contains(plan.Items, item => item is { Queries: 2, Start: 16, End: 24 });
        Assert.Contains(plan.Items, item => item is { Queries: 2, Start: 24, End: 32 });
        Assert.Contains(plan.Items, item => item is { Queries: 1, Start: 0, End: 34 });
        Assert.Equal(3, plan.Merges.Count);
    }

    [Fact]
    public void A_lone_long_context_is_split_for_a_busy_device_only()
    {
        Row(start: 63, tokens: 1, blocks: [.. Enumerable.Range(0, 16)]);
        Assert.Single(Plan(new(Chunk, 8, Pieces: 1, 1000)).Items);
        AttentionPlan split = Plan(new(Chunk, 8, Pieces: 8, 1000));
        Assert.Equal(8, split.Items.Count);
        AssertCovers(split);
    }

    private AttentionPlan Plan(AttentionTiling tiling)
    {
        new StepReader(BlockSize, blocks: 10_000, vocabulary: 2).Read(batch, step, allOutputs: false);
        new AttentionPlanner(tiling, BlockSize, kvHeads: 1).Plan(batch, step);
        return step.Attention;
    }

    private void Row(int start, int tokens, int[] blocks)
    {
        batch.Rows.Add(new(batch.Rows.Count, start, tokens, blocks.Length, Yields: true));
        batch.TokenIds.AddRange(Enumerable.Repeat(1, tokens));
        batch.BlockIds.AddRange(blocks);
    }

    /// <summary>Rows whose tables are drawn from few stems, so that many share, at any depth.</summary>
    private void FillAtRandom(Random random)
    {
        batch.Clear();
        int rows = random.Next(1, 9);
        for (int row = 0; row < rows; row++)
        {
            int start = random.Next(0, 80);
            int tokens = random.Next(1, 12);
            int[] blocks = new int[(start + tokens + BlockSize - 1) / BlockSize];
            int stem = 0;
            for (int i = 0; i < blocks.Length; i++)
            {
                bool still = i <= start / BlockSize - 1 && stem % 1000 < 900 && random.Next(4) > 0;
                stem = still ? stem : 900 + row;
                blocks[i] = still ? i : stem + (i * 10);
            }
            Row(start, tokens, blocks);
        }
    }

    private void AssertCovers(AttentionPlan plan)
    {
        List<(int Start, int End, int Partial)>[] parts = [.. step.Tokens.Select(_ => new List<(int, int, int)>())];
        foreach (AttentionItem item in plan.Items)
        {
            Assert.True(item.Start == 0 || item.End - item.Start <= Chunk, "only a piece from position 0 has several chunks");
            Assert.InRange(item.Queries, 1, 3 + 5);
            foreach (AttentionQuery query in plan.Queries.Slice(item.FirstQuery, item.Queries))
            {
                parts[query.Token].Add((item.Start, Math.Min(item.End, step.Positions[query.Token] + 1), query.Partial));
                AssertSameBlocks(item, query.Token);
            }
        }
        for (int token = 0; token < parts.Length; token++)
        {
            List<(int Start, int End, int Partial)> ordered = [.. parts[token].OrderBy(part => part.Start)];
            Assert.Equal(0, ordered[0].Start);
            Assert.All(ordered.Zip(ordered.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
            Assert.Equal(step.Positions[token] + 1, ordered[^1].End);
            int first = ordered.Count == 1 ? -1 : plan.Merges.Single(merge => merge.Token == token && merge.Count == ordered.Count).First;
            Assert.Equal(ordered.Select((_, i) => first < 0 ? -1 : first + i), ordered.Select(part => part.Partial));
        }
    }

    private void AssertSameBlocks(AttentionItem item, int token)
    {
        int table = 0;
        int firstToken = 0;
        foreach (BatchRow row in batch.Rows)
        {
            if (token < firstToken + row.Tokens)
            {
                int end = Math.Min(item.End, step.Positions[token] + 1);
                int from = item.Start / BlockSize;
                int count = (end + BlockSize - 1) / BlockSize - from;
                Assert.Equal(step.Blocks.Slice(table + from, count), step.Blocks.Slice(item.Table + from, count));
                return;
            }
            table += row.Blocks;
            firstToken += row.Tokens;
        }
    }
}
