using System.Runtime.CompilerServices;

namespace Cortex.Serving.Decisions;

/// <summary>A 64-bit mix whose value depends on every word and their order: a multiplication and a shift for each.</summary>
public static class DecisionMix
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // Once for each block given out: a call costs as much as the mix.
    public static ulong Add(ulong mix, ulong word)
    {
        mix = (mix ^ word) * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03;
        return mix ^ (mix >> 29);
    }
}
