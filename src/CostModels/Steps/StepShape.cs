using Cortex.Policies;

namespace Cortex.CostModels;

/// <summary>All that a cost model may know of a step. At least one row.</summary>
public readonly ref struct StepShape
{
    /// <summary>Tokens computed in the step: one for each decode and those of the prefills.</summary>
    public required int Tokens { get; init; }

    /// <summary>Rows that compute exactly the one token they lack.</summary>
    public required int DecodeSequences { get; init; }

    /// <summary>Σ over the decode rows of tokens known so far, the one being computed included.</summary>
    public required long DecodeContext { get; init; }

    /// <summary>
    /// Tokens of KV that several running calls have in common, once for each call beyond the first; 0 or more. Calls that have no decode in the step count too.
    /// </summary>
    public long SharedTokens { get; init; }

    /// <summary>
    /// Tokens of KV that the decodes read if they read together what they have in common: <see cref="DecodeContext"/> less <see cref="SharedTokens"/>, but no
    /// less than the mean row's, as the longest row reads all of its own.
    /// </summary>
    public long DistinctDecodeContext => Math.Max(DecodeContext - SharedTokens, DecodeContext / Math.Max(1, DecodeSequences));

    /// <summary>Rows that compute prompt tokens, or recompute lost ones.</summary>
    public ReadOnlySpan<PrefillChunk> Prefills { get; init; }

    /// <summary>Share of the machine's other engines, 0 to 1, that only decode when the step begins: such steps are bound by the memory that all of them read.</summary>
    public double DecodingNeighbours { get; init; }
}
