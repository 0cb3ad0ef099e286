using System.Runtime.CompilerServices;

namespace Cortex.Runtime.Models;

/// <summary>From 32 bits to bf16, to nearest even; not a number stays so.</summary>
public static unsafe class Rounding
{
    /// <summary>The pattern of one number.</summary>
    public static ushort ToBf16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((float.IsNaN(value) ? bits | 0x400000 : bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }

    /// <param name="source">Numbers.</param>
    /// <param name="target">Address that takes as many patterns; need not be aligned.</param>
    public static void ToBf16(ReadOnlySpan<float> source, nint target)
    {
        for (int i = 0; i < source.Length; i++)
        {
            Unsafe.WriteUnaligned((byte*)target + 2L * i, ToBf16(source[i]));
        }
    }
}
