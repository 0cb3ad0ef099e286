using Cortex.CostModels;
using Cortex.Runtime.Models;

namespace Cortex.Experiments.Config;

/// <summary>What <c>auto</c> means for engines on the processor, whose model is a file or made from a shape by seed.</summary>
internal static class CpuEngineSettings
{
    public const int MaxNumBatchedTokens = 512;
    public const int MaxNumSeqs = 16;

    // Enough for all sequences at full length, or this much memory, whichever is less.
    private const long KvBytes = 1L << 30;

    /// <summary>The name of a shape, or where a model lies.</summary>
    /// <exception cref="InputException">It is no path.</exception>
    public static string Model(MapReader engine) => engine.Text("model", "random:tiny") is var model && IsShape(model)
        ? model
        : engine.Place("model", "a folder from Hugging Face, a GGUF file, or random:NAME")!;

    /// <exception cref="ModelException">There is no such model, or it cannot be computed here.</exception>
    public static ModelDescription Describe(string model)
    {
        ModelShape shape = ModelLoader.Shape(model);
        return new()
        {
            Name = IsShape(model) ? model : Path.GetFileName(Path.TrimEndingDirectorySeparator(model)),
            Source = model,
            Layers = shape.Layers,
            HiddenSize = shape.Hidden,
            AttentionHeads = shape.Heads,
            KvHeads = shape.KvHeads,
            HeadDim = shape.HeadDim,
            IntermediateSize = shape.Ffn,
            VocabSize = shape.Vocabulary,
            QkvBias = shape.QkvBias,
            TiedEmbeddings = shape.TiedEmbeddings,
            MaxModelLen = shape.MaxPositions,
        };
    }

    /// <summary>Blocks of KV, 32 bits a number, the one that vLLM never uses included.</summary>
    public static int NumBlocks(ModelDescription model, int blockSize, int sequences, int maxModelLen)
    {
        long wanted = (sequences * (((long)maxModelLen + blockSize - 1) / blockSize)) + 1;
        return (int)Math.Max(2, Math.Min(wanted, KvBytes / BlockBytes(model, blockSize)));
    }

    /// <summary>Bytes of a block of KV.</summary>
    public static long BlockBytes(ModelDescription model, int blockSize) => 2L * model.Layers * model.KvHeads * model.HeadDim * sizeof(float) * blockSize;

    private static bool IsShape(string model) => model.StartsWith(ModelPlace.RandomPrefix, StringComparison.Ordinal);
}
