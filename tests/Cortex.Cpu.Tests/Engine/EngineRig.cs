using Cortex.Runtime.Cpu.Memory;
using Cortex.Runtime.Engines;
using Cortex.Runtime.Engines.Forward;
using Cortex.Runtime.Models;

namespace Cortex.Cpu.Tests.Engine;

/// <summary>
/// An engine under test, its KV poisoned with numbers that are not numbers, and the little of a core that it needs: block tables in shuffled
/// blocks with impossible ids behind them, and a note of all logits and hidden states.
/// </summary>
internal sealed class EngineRig : IForwardObserver, IDisposable
{
    private readonly Queue<int> free;
    private readonly StepBatch batch = new();
    private readonly List<TestSequence> tokensOf = [];
    private int sequences;

    public EngineRig(ModelWeights weights, CpuEngineOptions options, int seed = 1)
    {
        Engine = new(weights, options) { Observer = this };
        for (int block = 0; block < options.Blocks; block++)
        {
            ((CpuKvPool)Engine.Pool).Poison(block);
        }
        int[] blocks = [.. Enumerable.Range(0, options.Blocks)];
        new Random(seed).Shuffle(blocks);
        free = new(blocks);
    }

    public CpuEngine Engine { get; }

    /// <summary>Logits and hidden states are noted for every token; switched off for speed.</summary>
    public bool AllOutputs { get; set; } = true;

    /// <summary>Pieces of attention work in the last step.</summary>
    public int Items { get; private set; }

    public TestSequence New(IEnumerable<int> tokens) => new(sequences++, tokens);

    /// <summary>The next tokens of each; who then has no more samples one. Behind each table stands a block id that does not exist.</summary>
    /// <returns>What was sampled.</returns>
    public int[] Step(params (TestSequence Sequence, int Tokens)[] work)
    {
        batch.Clear();
        tokensOf.Clear();
        foreach ((TestSequence sequence, int tokens) in work)
        {
            Reserve(sequence, sequence.Fed + tokens);
            bool yields = sequence.Fed + tokens == sequence.Tokens.Count;
            batch.Rows.Add(new(sequence.Id, sequence.Fed, tokens, sequence.Blocks.Count + 1, yields));
            batch.TokenIds.AddRange(sequence.Tokens.GetRange(sequence.Fed, tokens));
            batch.BlockIds.AddRange([.. sequence.Blocks, int.MaxValue]);
            tokensOf.AddRange(Enumerable.Repeat(sequence, tokens));
        }
        int[] sampled = new int[batch.Rows.Count(row => row.Yields)];
        Engine.Run(batch, sampled);
        int next = 0;
        foreach ((TestSequence sequence, int tokens) in work)
        {
            sequence.Fed += tokens;
            if (sequence.Fed == sequence.Tokens.Count)
            {
                sequence.Tokens.Add(sampled[next++]);
            }
        }
        return sampled;
    }

    /// <summary>All that is left of the prompt in one step, and then one token after the other.</summary>
    /// <returns>What was sampled.</returns>
    public int[] Greedy(TestSequence sequence, int count)
    {
        int prompt = sequence.Tokens.Count;
        while (sequence.Tokens.Count < prompt + count)
        {
            Step((sequence, sequence.Tokens.Count - sequence.Fed));
        }
        return [.. sequence.Tokens.Skip(prompt)];
    }

    /// <summary>Blocks for so many tokens.</summary>
    public void Reserve(TestSequence sequence, int tokens)
    {
        while (sequence.Blocks.Count * Engine.BlockSize < tokens)
        {
            sequence.Blocks.Add(free.Dequeue());
        }
    }

    /// <summary>Takes the blocks away and starts over, as a preemption by recompute does.</summary>
    public void Preempt(TestSequence sequence)
    {
        sequence.Blocks.ForEach(free.Enqueue);
        sequence.Blocks.Clear();
        sequence.Fed = 0;
        sequence.Logits.Clear();
        sequence.Hidden.Clear();
        Engine.Forget(sequence.Id);
    }

    /// <summary>Another sequence that begins in the same whole blocks.</summary>
    public TestSequence Fork(TestSequence parent, int blocks, IEnumerable<int> tokens)
    {
        TestSequence child = New(tokens);
        child.Blocks.AddRange(parent.Blocks.Take(blocks));
        child.Fed = blocks * Engine.BlockSize;
        return child;
    }

    /// <summary>The same text so far, but for the last token: whole blocks are shared, the one that is not full is copied.</summary>
    public TestSequence ForkByCopy(TestSequence parent, int nextToken)
    {
        int whole = parent.Fed / Engine.BlockSize;
        TestSequence child = Fork(parent, whole, parent.Tokens[..^1].Append(nextToken));
        if (parent.Fed > child.Fed)
        {
            Reserve(child, parent.Fed);
            Engine.CopyBlocks([new(KvTier.Device, parent.Blocks[whole], KvTier.Device, child.Blocks[whole])]);
            child.Fed = parent.Fed;
        }
        return child;
    }

    /// <summary>All blocks go down to the host and on to disk, and come back by the same way into other blocks of the device.</summary>
    public void TakeToDiskAndBack(TestSequence sequence)
    {
        int count = sequence.Blocks.Count;
        int Down(int i) => Engine.BlocksIn(KvTier.Host) - 1 - i;
        int Disk(int i) => (i + 3) % count;
        BlockCopy[] Each(Func<int, BlockCopy> copy) => [.. Enumerable.Range(0, count).Select(copy)];
        Engine.CopyBlocks(Each(i => new(KvTier.Device, sequence.Blocks[i], KvTier.Host, Down(i))));
        Engine.CopyBlocks(Each(i => new(KvTier.Host, Down(i), KvTier.Disk, Disk(i))));
        foreach (int block in sequence.Blocks)
        {
            ((CpuKvPool)Engine.Pool).Poison(block);
            free.Enqueue(block);
        }
        sequence.Blocks.Clear();
        Reserve(sequence, count * Engine.BlockSize);
        Engine.CopyBlocks(Each(i => new(KvTier.Disk, Disk(i), KvTier.Host, i)));
        Engine.CopyBlocks(Each(i => new(KvTier.Host, i, KvTier.Device, sequence.Blocks[i])));
    }

    public void Hidden(int stage, StepInputs step, ReadOnlySpan<float> rows)
    {
        int width = rows.Length / tokensOf.Count;
        for (int i = 0; i < tokensOf.Count && AllOutputs; i++)
        {
            if (!tokensOf[i].Hidden.TryGetValue(stage, out List<float[]>? list))
            {
                tokensOf[i].Hidden.Add(stage, list = []);
            }
            list.Add(rows.Slice(i * width, width).ToArray());
        }
    }

    public void Logits(StepInputs step, ReadOnlySpan<float> logits)
    {
        int width = logits.Length / step.Outputs.Count;
        Items = step.Attention.Items.Count;
        for (int i = 0; i < step.Outputs.Count; i++)
        {
            tokensOf[step.Outputs[i]].Logits.Add(logits.Slice(i * width, width).ToArray());
        }
    }

    public void Dispose() => Engine.Dispose();
}
