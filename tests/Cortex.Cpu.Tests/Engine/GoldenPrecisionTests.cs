using Cortex.Models.Tests;
using Cortex.Runtime.Cpu.Products;
using Cortex.Runtime.Engines;
using Cortex.Runtime.Engines.Forward;
using Cortex.Testing;
using Xunit;

namespace Cortex.Cpu.Tests.Engine;

/// <summary>What changes the rounding stays within the tolerance: narrower vectors, other block sizes, other cuts of the context, KV of 16 bits.</summary>
public sealed class GoldenPrecisionTests
{
    private const string Tiny = "models/tiny";
    private const double Bf16All = 4e-2;
    private const double Bf16Worst = 1e-1;
    private const double Bf16Cut = 0.5;

    [SharedTheory(Tiny)]
    [GoldenPrompts("tiny")]
    public void Vectors_of_256_bits(string model, string prompt) => AssertGolden(model, prompt, new() { Blocks = 64, Threads = 2, Simd = SimdTier.V256 });

    [SharedTheory(Tiny)]
    [GoldenPrompts("tiny")]
    public void Vectors_of_128_bits(string model, string prompt) => AssertGolden(model, prompt, new() { Blocks = 64, Threads = 2, Simd = SimdTier.V128 });

    [SharedTheory(Tiny)]
    [GoldenPrompts("tiny")]
    public void Blocks_of_1_3_8_and_32_tokens(string model, string prompt)
    {
        foreach (int size in (int[])[1, 3, 8, 32])
        {
            AssertGolden(model, prompt, new() { BlockSize = size, Blocks = 1 + 600 / size, Threads = 2 });
        }
    }

    [SharedTheory(Tiny)]
    [GoldenPrompts("tiny")]
    public void The_context_in_1_2_or_7_chunks(string model, string prompt)
    {
        foreach (int chunks in (int[])[1, 2, 7])
        {
            using TinyPrompt golden = new(model, prompt);
            AssertGolden(model, prompt, new() { Blocks = 64, Threads = 2, AttentionChunk = (golden.Ids.Length + golden.Greedy.Length + chunks - 1) / chunks });
        }
    }

    [SharedTheory(Tiny)]
    [GoldenPrompts("tiny")]
    public void Kv_of_16_bits_within_its_own_tolerance(string model, string prompt)
    {
        using TinyPrompt golden = new(model, prompt);
        using EngineRig rig = new(golden.Weights, new() { Blocks = 64, Threads = 2, KvType = KvType.Bf16 });
        TestSequence sequence = rig.New([.. golden.Ids, .. golden.Greedy]);
        rig.Greedy(sequence, 1);
        Distance.Within(Bf16All, Bf16Worst, [.. golden.Positions.Select(position => sequence.Logits[position])], golden.Logits);
        int behindPrompt = golden.Ids.Length - 1;
        for (int i = 0; i < golden.Greedy.Length; i++)
        {
            float[] logits = sequence.Logits[behindPrompt + i];
            Assert.True(golden.Margins[i] < Bf16Cut || logits.IndexOf(logits.Max()) == golden.Greedy[i], $"greedy token {i}");
        }
    }

    private static void AssertGolden(string model, string prompt, CpuEngineOptions options)
    {
        using TinyPrompt golden = new(model, prompt);
        using EngineRig rig = new(golden.Weights, options);
        TestSequence sequence = rig.New(golden.Ids);
        golden.AssertGreedy(rig.Greedy(sequence, golden.Greedy.Length));
        golden.AssertLogits(sequence);
    }
}
