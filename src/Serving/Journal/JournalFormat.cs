using System.Buffers.Binary;
using Cortex.Serving.Decisions;

namespace Cortex.Serving.Journal;

/// <summary>
/// The bytes of a journal. All numbers are little-endian. The file begins with <see cref="Magic"/>; then record after record:
/// length of the payload (4 bytes), CRC32C of these 4 bytes (4), payload, CRC32C of the payload (4). The length has a check of its own, so
/// that a damaged one is not taken for a torn tail. A payload is kind (1), content, and the mix over the contents of all records so far
/// (8), so that a record that was changed, taken out or put in shows even where its own sums are right.
/// </summary>
internal static class JournalFormat
{
    /// <summary>Schema of records and header; another one is another format.</summary>
    public const int Schema = 2;

    public const int LengthBytes = 8;
    public const int CheckBytes = 4;
    public const int MixBytes = 8;

    /// <summary>Seven letters and the schema.</summary>
    public static ReadOnlySpan<byte> Magic => "CORTEXJ\u0002"u8;

    /// <summary>Mixes one record's kind and content into the running mix, the length first, so that padding cannot matter.</summary>
    public static ulong Mix(ulong mix, ReadOnlySpan<byte> content)
    {
        mix = DecisionMix.Add(mix, (ulong)content.Length);
        for (; content.Length >= 8; content = content[8..])
        {
            mix = DecisionMix.Add(mix, BinaryPrimitives.ReadUInt64LittleEndian(content));
        }
        ulong rest = 0;
        for (int i = content.Length - 1; i >= 0; i--)
        {
            rest = rest << 8 | content[i];
        }
        return DecisionMix.Add(mix, rest);
    }
}
