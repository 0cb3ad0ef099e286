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

    /// <summary>Rows that compute prompt tokens, or recompute lost ones.</summary>
    public ReadOnlySpan<PrefillChunk> Prefills { get; init; }

    /// <summary>Share of the machine's other engines, 0 to 1, that only decode when the step begins: such steps are bound by the memory that all of them read.</summary>
    public double DecodingNeighbours { get; init; }
}
