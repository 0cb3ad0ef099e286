using System.Runtime.Intrinsics;

namespace Cortex.Runtime.Models;

/// <summary>
/// Noise that is a function of a key and a position alone, so that any thread may make any part of it. Uniform: 16 bits of a hash (the multipliers of
/// Chris Wellons' lowbias32) for each number, rounded to bf16 to nearest even.
/// </summary>
/// <param name="key">Chooses the noise: one key for each tensor.</param>
/// <param name="largest">Numbers lie within ± this.</param>
internal readonly struct Noise(ulong key, float largest)
{
    /// <summary>Numbers in a piece that <see cref="Fill"/> makes at a time.</summary>
    public const int Piece = 1 << 17;

    private readonly uint _low = (uint)key;
    private readonly uint _high = (uint)(key >> 32);
    private readonly float _scale = largest / 32768;

    /// <summary>The key of a name under a seed: FNV-1a of its letters, begun with the seed, mixed.</summary>
    public static ulong Key(ulong seed, string name)
    {
        ulong hash = 14695981039346656037 ^ Mix(seed);
        foreach (char letter in name)
        {
            hash = (hash ^ letter) * 1099511628211;
        }
        return Mix(hash);
    }

    /// <summary>Number <paramref name="index"/> as a bf16 pattern.</summary>
    public ushort this[long index] => (ushort)((index & 1) == 0 ? Pair((uint)(index >> 1)) : Pair((uint)(index >> 1)) >> 16);

    /// <summary>Writes one piece.</summary>
    /// <param name="piece">Which, from 0.</param>
    /// <param name="target">Address of the tensor's number 0, 4-byte aligned.</param>
    /// <param name="count">Numbers in the tensor.</param>
    public unsafe void Fill(long piece, nint target, long count)
    {
        uint* pairs = (uint*)target;
        long index = piece * Piece / 2;
        long end = Math.Min(count, (piece + 1) * Piece) / 2;
        for (Vector256<uint> lanes = Vector256<uint>.Indices; index + Vector256<uint>.Count <= end; index += Vector256<uint>.Count)
        {
            Pairs(Vector256.Create((uint)index) + lanes).Store(pairs + index);
        }
        for (; index < end; index++)
        {
            pairs[index] = Pair((uint)index);
        }
        if (2 * end < count && count <= (piece + 1) * Piece)
        {
            ((ushort*)target)[count - 1] = this[count - 1];
        }
    }

    /// <summary>Two neighbours, the first in the low half.</summary>
    private uint Pair(uint index)
    {
        uint hash = index ^ _low;
        hash = (hash ^ (hash >> 16)) * 0x7feb352d;
        hash = (hash ^ (hash >> 15)) * 0x846ca68b;
        hash = (hash ^ (hash >> 16)) + _high;
        hash = (hash ^ (hash >> 16)) * 0x7feb352d;
        hash ^= hash >> 15;
        return (Round((short)hash * _scale) >> 16) | (Round((short)(hash >> 16) * _scale) & 0xffff0000);
    }

    private Vector256<uint> Pairs(Vector256<uint> index)
    {
        Vector256<uint> hash = index ^ Vector256.Create(_low);
        hash = (hash ^ (hash >> 16)) * 0x7feb352d;
        hash = (hash ^ (hash >> 15)) * 0x846ca68b;
        hash = (hash ^ (hash >> 16)) + Vector256.Create(_high);
        hash = (hash ^ (hash >> 16)) * 0x7feb352d;
        hash ^= hash >> 15;
        Vector256<int> first = (hash << 16).AsInt32() >> 16;
        Vector256<int> second = hash.AsInt32() >> 16;
        return (Round(Vector256.ConvertToSingle(first) * _scale) >> 16) | (Round(Vector256.ConvertToSingle(second) * _scale) & Vector256.Create(0xffff0000));
    }

    /// <summary>The pattern with its upper half rounded to nearest even.</summary>
    private static uint Round(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return bits + 0x7fff + ((bits >> 16) & 1);
    }

    private static Vector256<uint> Round(Vector256<float> value)
    {
        Vector256<uint> bits = value.AsUInt32();
        return bits + Vector256.Create(0x7fffu) + ((bits >> 16) & Vector256<uint>.One);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
