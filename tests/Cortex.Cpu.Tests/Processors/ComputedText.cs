using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Cortex.Cpu.Tests.Engine;
using Cortex.Runtime.Models;

namespace Cortex.Cpu.Tests.Processors;

/// <summary>What this process computes with a model: a short prompt in two steps, and a greedy text behind it.</summary>
internal static class ComputedText
{
    private const int Prompt = 40;
    private const int FirstChunk = 23;
    private const int Greedy = 6;

    /// <param name="model">A name for <see cref="ModelLoader"/>, or a folder of the shared models.</param>
    /// <returns>A line: the model, the tokens sampled, and a hash of the bits of all logits.</returns>
    public static string Of(string model)
    {
        bool random = model.StartsWith(ModelPlace.RandomPrefix, StringComparison.Ordinal);
        using ModelWeights weights = ModelLoader.Open(random ? model : RealModel.WeightsOf(model)!);
        using EngineRig rig = new(weights, new() { Blocks = 8, Threads = 2 });
        TestSequence sequence = rig.New(Enumerable.Range(0, Prompt).Select(i => (i * 37 + 5) % weights.Shape.Vocabulary));
        rig.Step((sequence, FirstChunk));
        int[] sampled = rig.Greedy(sequence, Greedy);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sequence.Logits.ForEach(row => hash.AppendData(MemoryMarshal.AsBytes<float>(row)));
        return $"{model}: {string.Join(' ', sampled)}, {Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
