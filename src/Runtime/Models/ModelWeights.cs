namespace Cortex.Runtime.Models;

/// <summary>All weights of a model, under roles in place of file names. Vectors are widened to 32 bits, which is exact; matrices stay as stored.</summary>
/// <param name="memory">What the matrices lie in: mapped files, or memory of their own. Disposed of with the weights.</param>
public sealed class ModelWeights(IDisposable memory) : IDisposable
{
    /// <summary>The sizes that all weights have.</summary>
    public required ModelShape Shape { get; init; }

    /// <summary>[vocabulary, hidden].</summary>
    public required WeightMatrix Embedding { get; init; }

    /// <summary>By layer, the first one next to the embedding.</summary>
    public required IReadOnlyList<LayerWeights> Layers { get; init; }

    /// <summary>[hidden].</summary>
    public required float[] FinalNorm { get; init; }

    /// <summary>[vocabulary, hidden]; the embedding itself where they are tied.</summary>
    public required WeightMatrix Output { get; init; }

    /// <summary>Gives memory and files back; no matrix may be used any more.</summary>
    public void Dispose() => memory.Dispose();
}
