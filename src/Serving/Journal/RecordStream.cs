using System.Buffers.Binary;

namespace Cortex.Serving.Journal;

/// <summary>
/// Cuts a journal into records and checks the sums of each: the layer below <see cref="JournalReader"/>. Knows a torn tail (the file ends
/// within a record, or its last record is damaged) from damage before it.
/// </summary>
/// <param name="stream">Read from its present position on.</param>
internal sealed class RecordStream(Stream stream)
{
    private const int MaxPayload = 1 << 30;

    private byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private ulong mix;

    /// <summary>Where the next record begins.</summary>
    public long Position { get; private set; }

    /// <summary>Number of the last record read, the header being 0.</summary>
    public long Number { get; private set; } = -1;

    /// <summary>What was cut off at the end, once <see cref="TryRead"/> has returned false; null if nothing was.</summary>
    public string? CutTail { get; private set; }

    /// <summary>Bytes before the first record.</summary>
    public ReadOnlySpan<byte> Raw(int bytes)
    {
        Fill(bytes);
        return Take(Math.Min(bytes, to - from));
    }

    /// <summary>The next record: its kind and content, valid until the next is read. False at the end.</summary>
    /// <exception cref="JournalException">The record is damaged, and sound ones may follow.</exception>
    public bool TryRead(out ReadOnlySpan<byte> record)
    {
        record = default;
        if (!Fill(JournalFormat.LengthBytes))
        {
            return to == from ? false : Cut("ends within the record's length");
        }
        ReadOnlySpan<byte> head = buffer.AsSpan(from, JournalFormat.LengthBytes);
        int length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (Checksum.Of(head[..4]) != BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) || length is < 1 + JournalFormat.MixBytes or > MaxPayload)
        {
            // Where a crash has lost the pages but kept the length of the file, zeros are left.
            return RestIsZero() ? Cut("ends with zeros") : throw Damaged("the check sum of its length does not match");
        }
        int whole = JournalFormat.LengthBytes + length + JournalFormat.CheckBytes;
        if (!Fill(whole))
        {
            return Cut($"holds {to - from} of the record's {whole} bytes");
        }
        ReadOnlySpan<byte> payload = buffer.AsSpan(from + JournalFormat.LengthBytes, length);
        uint check = BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(from + whole - JournalFormat.CheckBytes));
        if (Checksum.Of(payload) != check)
        {
            // The pages of a file need not reach the disk in order, so a crash may leave a last record of full length.
            return Fill(whole + 1) ? throw Damaged("the check sum does not match") : Cut("ends with a record whose check sum does not match");
        }
        ReadOnlySpan<byte> content = payload[..^JournalFormat.MixBytes];
        mix = JournalFormat.Mix(mix, content);
        if (mix != BinaryPrimitives.ReadUInt64LittleEndian(payload[^JournalFormat.MixBytes..]))
        {
            throw Damaged("the running hash does not match: a record was changed, taken out or put in");
        }
        record = content;
        Take(whole);
        Number++;
        return true;
    }

    public JournalException Damaged(string why) => new($"record {Number + 1} at byte {Position}: {why}");

    private bool Cut(string what)
    {
        CutTail = $"the file {what}; it is cut behind record {Number} at byte {Position}";
        return false;
    }

    private bool RestIsZero()
    {
        do
        {
            if (buffer.AsSpan(from, to - from).ContainsAnyExcept((byte)0))
            {
                return false;
            }
            from = to;
        }
        while (Fill(1));
        return true;
    }

    private ReadOnlySpan<byte> Take(int bytes)
    {
        ReadOnlySpan<byte> taken = buffer.AsSpan(from, bytes);
        from += bytes;
        Position += bytes;
        return taken;
    }

    /// <summary>Makes sure that so many bytes stand in the buffer. False if the file ends before.</summary>
    private bool Fill(int bytes)
    {
        if (to - from >= bytes)
        {
            return true;
        }
        buffer.AsSpan(from, to - from).CopyTo(buffer);
        to -= from;
        from = 0;
        while (to < bytes)
        {
            if (to == buffer.Length)
            {
                // Grows with what is there, not with what a length promises.
                Array.Resize(ref buffer, checked(buffer.Length * 2));
            }
            int read = stream.Read(buffer, to, buffer.Length - to);
            if (read == 0)
            {
                return false;
            }
            to += read;
        }
        return true;
    }
}
