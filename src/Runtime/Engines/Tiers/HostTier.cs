using Cortex.Runtime.Memory;
using Cortex.Serving.Journal;

namespace Cortex.Runtime.Engines.Tiers;

/// <summary>Blocks in the memory of the host, outside the collected heap.</summary>
internal sealed unsafe class HostTier : LowerTier
{
    private readonly int blockBytes;
    private readonly uint[] checksums;
    private readonly bool[] filled;
    private readonly AlignedBuffer memory;

    /// <param name="blocks">Blocks, numbered from 0.</param>
    /// <param name="blockBytes">Bytes of each.</param>
    public HostTier(int blocks, int blockBytes)
        : base(KvTier.Host, blocks)
    {
        this.blockBytes = blockBytes;
        checksums = new uint[blocks];
        filled = new bool[blocks];
        memory = new((long)blocks * blockBytes);
    }

    public override void Put(int block, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Bytes(block));
        checksums[block] = Checksum.Of(bytes);
        filled[block] = true;
    }

    public override void Get(int block, Span<byte> into)
    {
        if (!filled[block])
        {
            throw Empty(block);
        }
        Bytes(block).CopyTo(into);
        Check(block, into, checksums[block]);
    }

    /// <summary>Where a block lies.</summary>
    internal Span<byte> Bytes(int block) => new(memory.Address + (long)block * blockBytes, blockBytes);

    public override void Dispose() => memory.Dispose();
}
