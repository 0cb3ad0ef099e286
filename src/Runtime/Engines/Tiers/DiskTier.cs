using System.Buffers.Binary;
using Cortex.Serving.Journal;
using Microsoft.Win32.SafeHandles;

namespace Cortex.Runtime.Engines.Tiers;

/// <summary>
/// Blocks in a file of this engine alone, block after block, each behind its checksum and its number. The file lasts as long as the engine: KV
/// of another run would be of no use without the tables that say whose it is.
/// </summary>
internal sealed class DiskTier : LowerTier
{
    private const int HeadBytes = 16;
    private const ulong Written = 0x56_4B_58_45_54_52_4F_43;
    private readonly int blockBytes;
    private readonly SafeFileHandle file;
    private readonly byte[] record;

    /// <param name="folder">Made if it is not there.</param>
    /// <param name="blocks">Blocks, numbered from 0.</param>
    /// <param name="blockBytes">Bytes of each.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public DiskTier(string folder, int blocks, int blockBytes)
        : base(KvTier.Disk, blocks)
    {
        this.blockBytes = blockBytes;
        Directory.CreateDirectory(folder);
        Path = System.IO.Path.Combine(folder, System.IO.Path.ChangeExtension(System.IO.Path.GetRandomFileName(), ".kv"));
        file = File.OpenHandle(Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.DeleteOnClose);
        record = new byte[HeadBytes + blockBytes];
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Bytes from one block's record to the next.</summary>
    public int RecordBytes => record.Length;

    public override void Put(int block, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(record, Written);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(8), block);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12), Checksum.Of(bytes));
        bytes.CopyTo(record.AsSpan(HeadBytes));
        RandomAccess.Write(file, record, (long)block * RecordBytes);
    }

    public override void Get(int block, Span<byte> into)
    {
        int read = 0;
        for (int more = 1; read < record.Length && more > 0; read += more)
        {
            more = RandomAccess.Read(file, record.AsSpan(read), (long)block * RecordBytes + read);
        }
        if (read < record.Length || BinaryPrimitives.ReadUInt64LittleEndian(record) != Written || BinaryPrimitives.ReadInt32LittleEndian(record.AsSpan(8)) != block)
        {
            throw Empty(block);
        }
        record.AsSpan(HeadBytes, blockBytes).CopyTo(into);
        Check(block, into, BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(12)));
    }

    public override void Dispose() => file.Dispose();
}
