using System.Runtime.CompilerServices;

namespace Cortex.Runtime.Models;

/// <summary>Numbers of GGUF's types as 32-bit floating point: a scale (and, in Q4_1, a minimum) in 16 bits for every 32 small whole numbers.</summary>
internal static unsafe class Dequantising
{
    private const int Block = 32;

    /// <param name="type">One of those that <see cref="GgufTypes.Block"/> knows.</param>
    /// <param name="data">Address of the first block.</param>
    /// <param name="target">Takes the numbers, as many as whole blocks have.</param>
    public static void ToSingle(string type, nint data, Span<float> target)
    {
        switch (type)
        {
            case "F32":
                Widening.ToSingle(WeightType.F32, data, target);
                break;
            case "F16":
                Widening.ToSingle(WeightType.F16, data, target);
                break;
            case "BF16":
                Widening.ToSingle(WeightType.Bf16, data, target);
                break;
            case "Q8_0":
                Bytes((byte*)data, target);
                break;
            case "Q4_0":
                Centred((byte*)data, target);
                break;
            case "Q4_1":
                FromMinimum((byte*)data, target);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "F32, F16, BF16, Q8_0, Q4_0 or Q4_1");
        }
    }

    private static void Bytes(byte* block, Span<float> target)
    {
        for (int start = 0; start < target.Length; start += Block, block += 2 + Block)
        {
            float scale = (float)Unsafe.ReadUnaligned<Half>(block);
            for (int i = 0; i < Block; i++)
            {
                target[start + i] = scale * (sbyte)block[2 + i];
            }
        }
    }

    /// <summary>Q4_0: 0 stands for −8.</summary>
    private static void Centred(byte* block, Span<float> target)
    {
        for (int start = 0; start < target.Length; start += Block, block += 2 + Block / 2)
        {
            float scale = (float)Unsafe.ReadUnaligned<Half>(block);
            for (int i = 0; i < Block; i++)
            {
                target[start + i] = scale * (Nibble(block + 2, i) - 8);
            }
        }
    }

    /// <summary>Q4_1: 0 stands for the minimum.</summary>
    private static void FromMinimum(byte* block, Span<float> target)
    {
        for (int start = 0; start < target.Length; start += Block, block += 4 + Block / 2)
        {
            float scale = (float)Unsafe.ReadUnaligned<Half>(block);
            float minimum = (float)Unsafe.ReadUnaligned<Half>(block + 2);
            for (int i = 0; i < Block; i++)
            {
                target[start + i] = scale * Nibble(block + 4, i) + minimum;
            }
        }
    }

    /// <summary>The low halves of 16 bytes are the first 16 numbers, the high halves the others.</summary>
    private static int Nibble(byte* packed, int i) => i < Block / 2 ? packed[i] & 15 : packed[i - Block / 2] >> 4;
}
