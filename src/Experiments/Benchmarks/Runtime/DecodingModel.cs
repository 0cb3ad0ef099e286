using System.Diagnostics;
using Cortex.Runtime.Engines;
using Cortex.Runtime.Models;

namespace Cortex.Experiments.Benchmarks;

/// <summary>
/// The CPU engine with a model of 0.43 billion random weights (24 layers, hidden 1,024, 16 query and 8 KV heads of 64, inner width 4,096, vocabulary
/// 49,152, output tied to the embedding; bf16), all cores, and sequences that go on decoding.
/// </summary>
internal sealed class DecodingModel : IDisposable
{
    private const int BlockSize = 16;
    private const int BlocksEach = 64;

    private readonly ModelWeights weights = ModelLoader.Open("random:0.43b", seed: 1);
    private readonly CpuEngine engine;
    private readonly StepBatch step = new();
    private readonly int[] positions;
    private readonly int[] sampled;

    /// <param name="sequences">How many there are room for.</param>
    public DecodingModel(int sequences)
    {
        engine = new(weights, new() { BlockSize = BlockSize, Blocks = sequences * BlocksEach });
        positions = new int[sequences];
        sampled = new int[sequences];
        ModelShape shape = weights.Shape;
        long layer = ((long)shape.Hidden * ((2 * shape.QueryWidth) + (2 * shape.KvWidth))) + (3L * shape.Hidden * shape.Ffn);
        LayerWeights = shape.Layers * layer;
        LastWeights = ((long)shape.Hidden * shape.QueryWidth) + (3L * shape.Hidden * shape.Ffn);
        OutputWeights = (long)shape.Hidden * shape.Vocabulary;
    }

    /// <summary>Weights of the layers' matrices.</summary>
    public long LayerWeights { get; }

    /// <summary>Those among them, behind the last layer's attention, that only tokens which yield are multiplied with.</summary>
    public long LastWeights { get; }

    /// <summary>Weights of the output projection.</summary>
    public long OutputWeights { get; }

    /// <summary>Bytes of weights that a step reads.</summary>
    public long Bytes => 2 * (LayerWeights + OutputWeights);

    /// <summary>Computes a prompt from its beginning, and the token behind it.</summary>
    /// <param name="sequence">From 0; what it was before is overwritten.</param>
    /// <param name="tokens">Length, less than 1,024.</param>
    /// <returns>Seconds.</returns>
    public double Prefill(int sequence, int tokens)
    {
        positions[sequence] = tokens;
        step.Clear();
        for (int i = 0; i < tokens; i++)
        {
            step.TokenIds.Add((int)((((long)sequence + 1) * 7919 * (i + 1)) % weights.Shape.Vocabulary));
        }
        Add(sequence, start: 0, tokens);
        return Run();
    }

    /// <summary>One more token of some sequences.</summary>
    /// <returns>Seconds.</returns>
    public double Decode(int firstSequence, int sequences)
    {
        step.Clear();
        for (int sequence = firstSequence; sequence < firstSequence + sequences; sequence++)
        {
            step.TokenIds.Add(StepBatch.Placeholder);
            Add(sequence, positions[sequence]++, tokens: 1);
        }
        return Run();
    }

    public void Dispose()
    {
        engine.Dispose();
        weights.Dispose();
    }

    private void Add(int sequence, int start, int tokens)
    {
        int blocks = (start + tokens + BlockSize - 1) / BlockSize;
        if (blocks > BlocksEach)
        {
            throw new InvalidOperationException($"sequence {sequence} is longer than its {BlocksEach} blocks of {BlockSize}");
        }
        step.BlockIds.AddRange(Enumerable.Range(sequence * BlocksEach, blocks));
        step.Rows.Add(new(sequence, start, tokens, blocks, Yields: true));
    }

    private double Run()
    {
        long start = Stopwatch.GetTimestamp();
        engine.Run(step, sampled);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
