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
        fixed (float* numbers = target)
        {
            switch (type)
            {
                case WeightType.F32:
                    new ReadOnlySpan<byte>((void*)data, checked(4 * target.Length)).CopyTo(MemoryMarshal.AsBytes(target));
                    break;
                case WeightType.F16:
                    for (int i = 0; i < target.Length; i++)
                    {
                        numbers[i] = (float)((Half*)data)[i];
                    }
                    break;
                default:
                    for (int i = 0; i < target.Length; i++)
                    {
                        ((uint*)numbers)[i] = (uint)((ushort*)data)[i] << 16;
                    }
                    break;
            }
        }
    }
}
