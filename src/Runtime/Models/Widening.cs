using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
        switch (type)
        {
            case WeightType.F32:
                new ReadOnlySpan<byte>(source, checked(4 * target.Length)).CopyTo(MemoryMarshal.AsBytes(target));
                break;
            case WeightType.F16:
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = (float)Unsafe.ReadUnaligned<Half>(source + 2L * i);
                }
                break;
            default:
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = BitConverter.UInt32BitsToSingle((uint)Unsafe.ReadUnaligned<ushort>(source + 2L * i) << 16);
                }
                break;
        }
    }
}
