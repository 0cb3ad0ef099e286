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

    /// <summary>Where a model lies: paths are relative to the file that names them.</summary>
    public static string Place(string model, string folder) =>
        model.StartsWith(ModelPlace.RandomPrefix, StringComparison.Ordinal) ? model : Path.GetFullPath(model, folder);

    /// <exception cref="ModelException">There is no such model, or it cannot be computed here.</exception>
    public static ModelDescription Describe(string model)
    {
        ModelShape shape = ModelLoader.Shape(model);
        bool isRandom = model.StartsWith(ModelPlace.RandomPrefix, StringComparison.Ordinal);
        return new()
        {
            Name = isRandom ? model : Path.GetFileName(Path.TrimEndingDirectorySeparator(model)),
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
        long block = 2L * model.Layers * model.KvHeads * model.HeadDim * sizeof(float) * blockSize;
        long wanted = ((long)sequences * ((maxModelLen + blockSize - 1) / blockSize)) + 1;
        return (int)Math.Max(2, Math.Min(wanted, KvBytes / block));
    }
}
