using System.Runtime.Intrinsics;

namespace Cortex.Runtime.Cpu.Products;

/// <summary>Width of the vectors that a product is computed with. The results are the same, bit for bit.</summary>
public enum SimdTier : byte
{
    /// <summary>128 bits: ARM, or any processor at all.</summary>
    V128,

    /// <summary>256 bits: AVX2 with FMA.</summary>
    V256,

    /// <summary>512 bits: AVX-512.</summary>
    V512,
}

/// <summary>Which tier this processor has.</summary>
public static class SimdTiers
{
    /// <summary>The widest that the processor computes with as a whole.</summary>
    public static SimdTier Best =>
        Vector512.IsHardwareAccelerated ? SimdTier.V512
        : Vector256.IsHardwareAccelerated ? SimdTier.V256
        : SimdTier.V128;
}
