using Cortex.Models.Tests;
using Cortex.Runtime.Cpu.Products;
using Cortex.Runtime.Engines;
using Cortex.Runtime.Engines.Forward;
using Cortex.Testing;
using Xunit;

namespace Cortex.Cpu.Tests.Engine;

/// <summary>Widths of vectors and sizes of blocks do not change a bit; other cuts of the context and KV of 16 bits stay within their tolerances.</summary>
public sealed class GoldenPrecisionTests
{
    private const string Tiny = "models/tiny";
    private const double Bf16All = 4e-2;
    private const double Bf16Worst = 1e-1;
    private const double Bf16Cut = 0.5;
    private static readonly CpuEngineOptions Options = new() { Blocks = 64, Threads = 2 };

    [SharedTheory(Tiny)]
    [GoldenPrompts("tiny")]
    public void Narrower_vectors_give_the_same_bits(string model, string prompt)
    {
        List<float[]> widest = Logits(model, prompt, Options);
        Distance.Same(widest, Logits(model, prompt, Options with { Simd = SimdTier.V256 }));
        Distance.Same(widest, Logits(model, prompt, Options with { Simd = SimdTier.V128 }));
    }

    [SharedTheory(Tiny)]
    [GoldenPrompts("tiny")]
    public void Blocks_whose_size_divides_a_chunk_give_the_same_bits_and_others_the_tolerance(string model, string prompt)
    {
        List<float[]> usual = Logits(model, prompt, Options);
        foreach (int size in (int[])[1, 8, 32])
        {
            Distance.Same(usual, Logits(model, prompt, Options with { BlockSize = size, Blocks = 600 / size }));
        }
        Logits(model, prompt, Options with { BlockSize = 3, Blocks = 200 });
    }

    [SharedTheory(Tiny)]
    [GoldenPrompts("tiny")]
    public void The_context_in_1_2_or_7_chunks(string model, string prompt)
    {
        foreach (int chunks in (int[])[1, 2, 7])
        {
            using TinyPrompt golden = new(model, prompt);
            Logits(model, prompt, Options with { AttentionChunk = (golden.Ids.Length + golden.Greedy.Length + chunks - 1) / chunks });
        }
    }

    [SharedTheory(Tiny)]
    [GoldenPrompts("tiny")]
    public void Kv_of_16_bits_within_its_own_tolerance(string model, string prompt)
    {
        using TinyPrompt golden = new(model, prompt);
        using EngineRig rig = new(golden.Weights, Options with { KvType = KvType.Bf16 });
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

    /// <summary>Logits of prompt and greedy text, which are the golden's within the tolerance of 32 bits.</summary>
    private static List<float[]> Logits(string model, string prompt, CpuEngineOptions options)
    {
        using TinyPrompt golden = new(model, prompt);
        using EngineRig rig = new(golden.Weights, options);
        TestSequence sequence = rig.New(golden.Ids);
        golden.AssertGreedy(rig.Greedy(sequence, golden.Greedy.Length));
        golden.AssertLogits(sequence);
        return sequence.Logits;
    }
}
