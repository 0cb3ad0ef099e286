using System.Buffers.Binary;

namespace Cortex.Serving.Journal;

/// <summary>Puts records into a buffer and the full buffer into a stream. Allocates only when a record is larger than any before.</summary>
internal sealed class RecordEncoder(Stream stream)
{
    private const int FlushAt = 1 << 16;

    private byte[] buffer = new byte[2 * FlushAt];
    private int used;
    private int start;
    private ulong mix;

    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

    /// <summary>Begins a record; numbers follow, then <see cref="Close"/>.</summary>
    public void Open(JournalRecordKind kind)
    {
        start = used;
        Room(JournalFormat.LengthBytes);
        Byte((byte)kind);
    }

    public void Byte(byte value) => Room(1)[0] = value;

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Room(2), value);

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Room(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(8), value);

    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Room(8), value);

    public void Int32s(ReadOnlySpan<int> values)
    {
        Int32(values.Length);
        Span<byte> target = Room(4 * values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(target[(4 * i)..], values[i]);
        }
    }

    public void Close()
    {
        mix = JournalFormat.Mix(mix, buffer.AsSpan(start + JournalFormat.LengthBytes, used - start - JournalFormat.LengthBytes));
        UInt64(mix);
        int length = used - start - JournalFormat.LengthBytes;
        Span<byte> head = buffer.AsSpan(start, JournalFormat.LengthBytes);
        BinaryPrimitives.WriteInt32LittleEndian(head, length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], Checksum.Of(head[..4]));
        uint check = Checksum.Of(buffer.AsSpan(start + JournalFormat.LengthBytes, length));
        BinaryPrimitives.WriteUInt32LittleEndian(Room(JournalFormat.CheckBytes), check);
        if (used >= FlushAt)
        {
            Flush();
        }
    }

    /// <summary>Passes all closed records on to the stream.</summary>
    public void Flush()
    {
        stream.Write(buffer, 0, used);
        used = 0;
        stream.Flush();
    }

    private Span<byte> Room(int bytes)
    {
        if (used + bytes > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, used + bytes));
        }
        used += bytes;
        return buffer.AsSpan(used - bytes, bytes);
    }
}
