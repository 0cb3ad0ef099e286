namespace Cortex.Runtime.Models;

/// <summary>The sizes of a decoder model of the Llama family (Llama 2/3, Mistral, Qwen2/2.5, Qwen3), whatever file they came from.</summary>
public sealed record ModelShape
{
    /// <summary>As its configuration names it (<c>model_type</c>): llama, mistral, qwen2, qwen3.</summary>
    public required string Family { get; init; }

    /// <summary>Decoder layers, at least 1.</summary>
    public required int Layers { get; init; }

    /// <summary>Width of the residual stream.</summary>
    public required int Hidden { get; init; }

    /// <summary>Query heads, a multiple of <see cref="KvHeads"/>.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads.</summary>
    public required int KvHeads { get; init; }

    /// <summary>Numbers in a head, even; need not be hidden ÷ heads.</summary>
    public required int HeadDim { get; init; }

    /// <summary>Inner width of the feed-forward block.</summary>
    public required int Ffn { get; init; }

    /// <summary>Rows of the embedding; may be more than the tokenizer has tokens.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Positions that the model was made for.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>Added to the mean square in RMSNorm.</summary>
    public required double NormEpsilon { get; init; }

    /// <summary>How queries and keys are rotated by their positions.</summary>
    public required RopeFrequencies Rope { get; init; }

    /// <summary>The output projection is the embedding.</summary>
    public required bool TiedEmbeddings { get; init; }

    /// <summary>Query, key and value projections have a bias (Qwen2).</summary>
    public required bool QkvBias { get; init; }

    /// <summary>Queries and keys are normalised by head before the rotation (Qwen3).</summary>
    public required bool QkNorm { get; init; }

    /// <summary>Tokens that end a text.</summary>
    public required IReadOnlyList<int> StopTokens { get; init; }

    /// <summary>Query heads that share a key and value head.</summary>
    public int GroupSize => Heads / KvHeads;

    /// <summary>Width of all query heads together.</summary>
    public int QueryWidth => Heads * HeadDim;

    /// <summary>Width of all key heads, and of all value heads, together.</summary>
    public int KvWidth => KvHeads * HeadDim;
}

/// <summary>Rotary position embedding, its scaling (llama3, YaRN) worked in: pair i of a head (numbers i and i + half) turns by position × <c>Inverse[i]</c>.</summary>
/// <param name="Inverse">Inverse frequencies in radians per position, one for each pair of a head.</param>
/// <param name="AttentionFactor">Cosine and sine are multiplied by it; 1 unless YaRN says otherwise.</param>
public sealed record RopeFrequencies(double[] Inverse, double AttentionFactor);
