using System.Buffers.Binary;

namespace Cortex.Serving.Journal;

/// <summary>Takes numbers out of a record's content, one after another.</summary>
/// <param name="content">The record without kind and mix.</param>
internal ref struct RecordDecoder(ReadOnlySpan<byte> content)
{
    private ReadOnlySpan<byte> rest = content;

    /// <exception cref="FormatException">There is more in the record than was read.</exception>
    public readonly void Finish()
    {
        if (!rest.IsEmpty)
        {
            throw new FormatException($"{rest.Length} bytes too many");
        }
    }

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A count of things of so many bytes each that follow.</summary>
    public int Count(int bytesEach)
    {
        int count = Int32();
        return count >= 0 && (long)count * bytesEach <= rest.Length ? count : throw new FormatException($"a count of {count} that does not fit");
    }

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if (bytes > rest.Length)
        {
            throw new FormatException($"{bytes - rest.Length} bytes too few");
        }
        ReadOnlySpan<byte> taken = rest[..bytes];
        rest = rest[bytes..];
        return taken;
    }
}
