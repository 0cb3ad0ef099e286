namespace Cortex.Runtime.Models;

/// <summary>The weights of one decoder layer.</summary>
public sealed record LayerWeights
{
    /// <summary>[hidden].</summary>
    public required float[] AttentionNorm { get; init; }

    /// <summary>[heads × head, hidden].</summary>
    public required WeightMatrix Query { get; init; }

    /// <summary>[kv heads × head, hidden].</summary>
    public required WeightMatrix Key { get; init; }

    /// <summary>[kv heads × head, hidden].</summary>
    public required WeightMatrix Value { get; init; }

    /// <summary>[hidden, heads × head].</summary>
    public required WeightMatrix AttentionOutput { get; init; }

    /// <summary>[heads × head]; null where the family has none.</summary>
    public float[]? QueryBias { get; init; }

    /// <summary>[kv heads × head]; null where the family has none.</summary>
    public float[]? KeyBias { get; init; }

    /// <summary>[kv heads × head]; null where the family has none.</summary>
    public float[]? ValueBias { get; init; }

    /// <summary>[head]; null where the family has none.</summary>
    public float[]? QueryNorm { get; init; }

    /// <summary>[head]; null where the family has none.</summary>
    public float[]? KeyNorm { get; init; }

    /// <summary>[hidden].</summary>
    public required float[] FfnNorm { get; init; }

    /// <summary>[ffn, hidden].</summary>
    public required WeightMatrix Gate { get; init; }

    /// <summary>[ffn, hidden].</summary>
    public required WeightMatrix Up { get; init; }

    /// <summary>[hidden, ffn].</summary>
    public required WeightMatrix Down { get; init; }
}
