using Cortex.Models.Tests;
using Cortex.Runtime.Engines;
using Cortex.Testing;
using Xunit;

namespace Cortex.Cpu.Tests.Engine;

/// <summary>
/// However a core feeds a prompt (whole, in chunks, beside others, on blocks that another call left, again after preemption, after a stay in lower
/// tiers), every logit has the bits that it has when the prompt is fed whole; and those are the golden's within the tolerance.
/// </summary>
public sealed class GoldenFeedTests
{
    private const string Tiny = "models/tiny";
    private static readonly int[] UnevenChunks = [1, 7, 16, 33, 2, 100, 15, 64];

    [SharedTheory(Tiny)]
    [GoldenPrompts("tiny")]
    public void Fed_in_uneven_chunks(string model, string prompt)
    {
        using TinyPrompt golden = new(model, prompt);
        using EngineRig rig = Rig(golden, seed: 2);
        TestSequence sequence = rig.New(golden.Ids);
        for (int i = 0; sequence.Fed < golden.Ids.Length; i++)
        {
            rig.Step((sequence, Math.Min(UnevenChunks[i % UnevenChunks.Length], golden.Ids.Length - sequence.Fed)));
        }
        golden.AssertLogits(sequence);
        Distance.Same(Whole(golden).Logits, sequence.Logits);
    }

    [SharedTheory(Tiny)]
    [GoldenPrompts("tiny")]
    public void Fed_beside_others_and_continued_beside_them(string model, string prompt)
    {
        using TinyPrompt golden = new(model, prompt);
        using EngineRig rig = Rig(golden, seed: 3);
        TestSequence before = rig.New(golden.Ids.Reverse().Append(1));
        TestSequence sequence = rig.New(golden.Ids);
        TestSequence after = rig.New(golden.Ids.Append(5).Append(3));
        rig.Step((before, before.Tokens.Count));
        rig.Step((before, 1), (sequence, golden.Ids.Length), (after, 1));
        while (sequence.Tokens.Count < golden.Ids.Length + golden.Greedy.Length)
        {
            rig.Step((after, 1), (sequence, 1), (before, 1));
        }
        golden.AssertGreedy(sequence.Tokens.Skip(golden.Ids.Length));
        Distance.Same(Whole(golden).Logits, sequence.Logits[..golden.Ids.Length]);
    }

    [SharedTheory(Tiny)]
    [GoldenPrompts("tiny")]
    public void Begun_on_blocks_that_another_sequence_filled(string model, string prompt)
    {
        using TinyPrompt golden = new(model, prompt);
        using EngineRig rig = Rig(golden, seed: 4);
        TestSequence first = rig.New(golden.Ids);
        rig.Greedy(first, 1);
        TestSequence hit = rig.Fork(first, blocks: (golden.Ids.Length - 1) / rig.Engine.BlockSize, golden.Ids);
        int known = hit.Fed;
        golden.AssertGreedy(rig.Greedy(hit, golden.Greedy.Length));
        Distance.Same(first.Logits[known..golden.Ids.Length], hit.Logits[..(golden.Ids.Length - known)]);
    }

    [SharedTheory(Tiny)]
    [GoldenPrompts("tiny")]
    public void Preempted_halfway_and_computed_again(string model, string prompt)
    {
        using TinyPrompt golden = new(model, prompt);
        using EngineRig rig = Rig(golden, seed: 5);
        TestSequence sequence = rig.New(golden.Ids);
        int half = golden.Greedy.Length / 2;
        int[] begun = rig.Greedy(sequence, half);
        rig.Preempt(sequence);
        golden.AssertGreedy([.. begun, .. rig.Greedy(sequence, golden.Greedy.Length - half)]);
        Distance.Same(Whole(golden).Logits, sequence.Logits[..golden.Ids.Length]);
    }

    [SharedTheory(Tiny)]
    [GoldenPrompts("tiny")]
    public void Continued_after_a_stay_on_disk_and_in_other_blocks(string model, string prompt)
    {
        using TinyPrompt golden = new(model, prompt);
        using TemporaryFolder folder = new();
        using EngineRig rig = Rig(golden, seed: 6, folder.Path);
        TestSequence sequence = rig.New(golden.Ids);
        int half = golden.Greedy.Length / 2;
        rig.Greedy(sequence, half);
        rig.TakeToDiskAndBack(sequence);
        rig.Greedy(sequence, golden.Greedy.Length - half);
        golden.AssertGreedy(sequence.Tokens.Skip(golden.Ids.Length));
        TestSequence stayed = rig.New(golden.Ids);
        rig.Greedy(stayed, golden.Greedy.Length);
        Distance.Same(stayed.Logits, sequence.Logits);
    }

    [SharedTheory(Tiny)]
    [GoldenPrompts("tiny")]
    public void Forked_in_the_middle_of_a_block_and_led_another_way(string model, string prompt)
    {
        using TinyPrompt golden = new(model, prompt);
        using EngineRig rig = Rig(golden, seed: 7);
        TestSequence parent = rig.New(golden.Ids);
        rig.Greedy(parent, 2);
        TestSequence child = rig.ForkByCopy(parent, nextToken: 9);
        for (int i = 0; i < golden.Greedy.Length - 2; i++)
        {
            rig.Step((child, 1), (parent, 1));
        }
        golden.AssertGreedy(parent.Tokens.Skip(golden.Ids.Length));
        TestSequence alone = rig.New([.. golden.Ids, golden.Greedy[0], 9]);
        rig.Greedy(alone, child.Tokens.Count - alone.Tokens.Count);
        Assert.Equal(alone.Tokens, child.Tokens);
        Distance.Same(alone.Logits[^child.Logits.Count..], child.Logits);
    }

    [SharedTheory(Tiny)]
    [GoldenPrompts("tiny")]
    public void Computed_by_one_thread_by_two_or_by_many(string model, string prompt)
    {
        using TinyPrompt golden = new(model, prompt);
        TestSequence two = Whole(golden);
        foreach (int threads in (int[])[1, 7])
        {
            using EngineRig rig = new(golden.Weights, new() { Blocks = 64, Threads = threads });
            TestSequence sequence = rig.New(golden.Ids);
            rig.Greedy(sequence, 1);
            Distance.Same(two.Logits, sequence.Logits);
        }
    }

    private static EngineRig Rig(TinyPrompt golden, int seed, string? folder = null) =>
        new(golden.Weights, new() { Blocks = 160, HostBlocks = 64, DiskBlocks = folder is null ? 0 : 64, DiskFolder = folder, Threads = 2 }, seed);

    private static TestSequence Whole(TinyPrompt golden)
    {
        using EngineRig rig = Rig(golden, seed: 1);
        TestSequence sequence = rig.New(golden.Ids);
        rig.Greedy(sequence, 1);
        return sequence;
    }
}
