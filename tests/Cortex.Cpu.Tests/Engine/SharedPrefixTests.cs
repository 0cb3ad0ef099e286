using Cortex.Runtime.Engines;
using Cortex.Runtime.Engines.Forward;
using Cortex.Runtime.Models;
using Xunit;

namespace Cortex.Cpu.Tests.Engine;

/// <summary>A tree of branches over one prompt: read together or each alone, split or not, by few threads or many, the bits are the same.</summary>
public sealed class SharedPrefixTests : IDisposable
{
    private const int Chunk = 32;
    private readonly ModelWeights weights = ModelLoader.Open("random:tiny", seed: 3);
    private readonly int[] text = [.. Enumerable.Range(0, 300).Select(i => (i * 37 + i / 5) % 512)];

    [Theory]
    [InlineData(KvType.F32)]
    [InlineData(KvType.Bf16)]
    public void Branches_compute_the_same_together_and_alone(KvType type)
    {
        List<float[]> together = Branches(share: true, threads: 1, type, out int sharedItems);
        List<float[]> alone = Branches(share: false, threads: 1, type, out int flatItems);
        List<float[]> split = Branches(share: true, threads: 16, type, out int splitItems);
        Distance.Same(together, alone);
        Distance.Same(together, split);
        Assert.True(sharedItems > flatItems && splitItems > sharedItems, $"{flatItems} items alone, {sharedItems} shared, {splitItems} shared and split");
    }

    public void Dispose() => weights.Dispose();

    private List<float[]> Branches(bool share, int threads, KvType type, out int items)
    {
        using EngineRig rig = new(weights, new() { Blocks = 200, AttentionChunk = Chunk, Threads = threads, KvType = type });
        rig.Engine.SharesPrefixes = share;
        TestSequence root = rig.New(text[..200]);
        rig.Greedy(root, 1);
        TestSequence left = rig.Fork(root, blocks: 8, [.. text[..128], .. text[250..300]]);
        rig.Greedy(left, 1);
        TestSequence[] leaves =
        [
            rig.Fork(root, 12, [.. text[..192], 1, 2, 3]),
            rig.Fork(root, 12, [.. text[..192], 4]),
            rig.Fork(left, 10, [.. left.Tokens[..160], 5, 6]),
            rig.Fork(left, 9, [.. left.Tokens[..144], .. text[100..117]]),
            rig.Fork(root, 4, [.. text[..64], 7]),
        ];
        for (int i = 0; i < 4; i++)
        {
            rig.Step([.. leaves.Select(leaf => (leaf, leaf.Tokens.Count - leaf.Fed)), (root, 1)]);
        }
        items = rig.Items;
        return [.. leaves.Append(root).SelectMany(leaf => leaf.Logits)];
    }
}
