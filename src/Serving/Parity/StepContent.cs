using Cortex.Serving.Decisions;

namespace Cortex.Serving.Parity;

/// <summary>
/// What a step holds, as one number: a mix over its rows in order, each with its sequence, first token, number of tokens, whether it yields, and the
/// blocks of its table. Never 0, which stands for a step that computed nothing.
/// </summary>
public static class StepContent
{
    /// <summary>Of a step without rows, to begin with.</summary>
    public const ulong Empty = 1;

    /// <summary>One row more.</summary>
    public static ulong Add(ulong mix, int sequence, int start, int tokens, bool yields, ReadOnlySpan<int> blocks)
    {
        mix = DecisionMix.Add(mix, (uint)sequence);
        mix = DecisionMix.Add(mix, ((ulong)(uint)start << 32) | (uint)tokens);
        mix = DecisionMix.Add(mix, ((ulong)(uint)blocks.Length << 1) | (yields ? 1UL : 0));
        foreach (int block in blocks)
        {
            mix = DecisionMix.Add(mix, (uint)block);
        }
        return mix == 0 ? 1 : mix;
    }
}
