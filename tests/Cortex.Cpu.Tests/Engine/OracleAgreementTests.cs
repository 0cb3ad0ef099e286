using Cortex.Runtime.Engines;
using Cortex.Runtime.Models;
using Cortex.Runtime.Oracle;
using Xunit;

namespace Cortex.Cpu.Tests.Engine;

/// <summary>Engine and float64 oracle agree token for token on random models of every family's traits, alone and in a batch.</summary>
public sealed class OracleAgreementTests
{
    /// <summary>Below this margin of the oracle, rounding to 32 bits may decide.</summary>
    private const double Cut = 1e-4;

    [Theory]
    [InlineData(1, 1, 32, false, false)]
    [InlineData(4, 4, 64, false, false)]
    [InlineData(14, 2, 64, true, false)]
    [InlineData(7, 1, 128, true, true)]
    [InlineData(8, 2, 48, false, true)]
    [InlineData(6, 3, 10, true, true)]
    public void Greedy_texts_are_the_oracles(int heads, int kvHeads, int headDim, bool bias, bool norm)
    {
        ModelShape shape = ModelLoader.Shape("random:tiny") with
        {
            Heads = heads,
            KvHeads = kvHeads,
            HeadDim = headDim,
            Hidden = 72,
            Ffn = 100,
            Vocabulary = 300,
            QkvBias = bias,
            QkNorm = norm,
            Rope = new([.. Enumerable.Range(0, headDim / 2).Select(i => Math.Pow(1e4, -2.0 * i / headDim))], AttentionFactor: 1),
        };
        using ModelWeights weights = ModelLoader.Random(shape, seed: 5);
        using EngineRig rig = new(weights, new() { Blocks = 64, AttentionChunk = 16, Threads = 2 });
        TestSequence[] batch = [.. ((int[])[1, 30, 47]).Select(length => rig.New(Enumerable.Range(0, length).Select(i => (i * 31 + length) % 300)))];
        int[] lengths = [.. batch.Select(sequence => sequence.Tokens.Count)];
        for (int i = 0; i < 12; i++)
        {
            rig.Step([.. batch.Select(sequence => (sequence, sequence.Tokens.Count - sequence.Fed))]);
        }
        OracleModel oracle = new(weights);
        foreach ((TestSequence sequence, int length) in batch.Zip(lengths))
        {
            double[][] logits = oracle.Logits(oracle.Append(oracle.NewCache(), sequence.Tokens[..^1]));
            Distance.Within(TinyPrompt.All, TinyPrompt.Worst, sequence.Logits, [.. logits.Select(row => row.Select(number => (float)number).ToArray())]);
            for (int i = length; i < sequence.Tokens.Count; i++)
            {
                OracleToken expected = OracleToken.Likeliest(logits[i - 1]);
                Assert.True(expected.Margin < Cut || sequence.Tokens[i] == expected.Id, $"token {i}");
            }
        }
    }
}
