using System.Runtime.CompilerServices;

namespace Cortex.Runtime.Models;

/// <summary>Stored numbers as 32-bit floating point; exact for every type.</summary>
public static unsafe class Widening
{
    /// <param name="type">How they are stored.</param>
    /// <param name="data">Address of the first; need not be aligned. There are as many as <paramref name="target"/> takes.</param>
    /// <param name="target">Takes them.</param>
    public static void ToSingle(WeightType type, nint data, Span<float> target)
    {
        byte* source = (byte*)data;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = type switch
            {
                WeightType.F32 => Unsafe.ReadUnaligned<float>(source + 4L * i),
                WeightType.F16 => (float)Unsafe.ReadUnaligned<Half>(source + 2L * i),
                _ => BitConverter.UInt32BitsToSingle((uint)Unsafe.ReadUnaligned<ushort>(source + 2L * i) << 16),
            };
        }
    }
}
