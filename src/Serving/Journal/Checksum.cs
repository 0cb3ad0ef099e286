using System.Buffers.Binary;
using System.Numerics;

namespace Cortex.Serving.Journal;

/// <summary>CRC-32C (Castagnoli), as in RFC 3720: reflected, started with and ended by ones. Processors have an instruction for it.</summary>
public static class Checksum
{
    /// <summary>The sum of some bytes, of any length.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }
        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }
        return ~crc;
    }
}
