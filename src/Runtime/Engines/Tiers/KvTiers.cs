using Cortex.Runtime.Engines.Forward;

namespace Cortex.Runtime.Engines.Tiers;

/// <summary>The device's pool and the tiers below it: carries blocks between them, checked on arrival.</summary>
/// <param name="device">The pool that steps compute over; not disposed of here.</param>
/// <param name="host">Null if there is none.</param>
/// <param name="disk">Null if there is none.</param>
internal sealed class KvTiers(KvPool device, LowerTier? host, LowerTier? disk) : IDisposable
{
    private readonly byte[] carried = new byte[checked((int)device.Layout.BlockBytes)];
    private readonly byte[] arrived = new byte[checked((int)device.Layout.BlockBytes)];

    public int BlocksIn(KvTier tier) => tier switch
    {
        KvTier.Device => device.Blocks,
        KvTier.Host => host?.Blocks ?? 0,
        KvTier.Disk => disk?.Blocks ?? 0,
        _ => throw new ArgumentOutOfRangeException(nameof(tier)),
    };

    /// <exception cref="ArgumentException">A tier lacks such a block; nothing was copied.</exception>
    /// <exception cref="IOException">A block did not come out of its tier as it went in; those before it were copied.</exception>
    public void Copy(ReadOnlySpan<BlockCopy> copies)
    {
        foreach (BlockCopy copy in copies)
        {
            Check(copy.From, copy.Source);
            Check(copy.To, copy.Target);
        }
        foreach (BlockCopy copy in copies)
        {
            Copy(copy);
        }
    }

    public void Dispose()
    {
        host?.Dispose();
        disk?.Dispose();
    }

    private void Copy(BlockCopy copy)
    {
        if (copy.From == KvTier.Device && copy.To == KvTier.Device)
        {
            device.Copy(copy.Source, copy.Target);
            device.Read(copy.Source, carried);
        }
        else
        {
            Get(copy.From, copy.Source, carried);
            Put(copy.To, copy.Target, carried);
        }
        Get(copy.To, copy.Target, arrived);
        if (!carried.AsSpan().SequenceEqual(arrived))
        {
            throw new IOException(FormattableString.Invariant($"Block {copy.Source} of tier {copy.From} did not arrive in block {copy.Target} of tier {copy.To} as it was."));
        }
    }

    private void Get(KvTier tier, int block, Span<byte> into)
    {
        if (tier == KvTier.Device)
        {
            device.Read(block, into);
            return;
        }
        (tier == KvTier.Host ? host : disk)!.Get(block, into);
    }

    private void Put(KvTier tier, int block, ReadOnlySpan<byte> bytes)
    {
        if (tier == KvTier.Device)
        {
            device.Write(block, bytes);
            return;
        }
        (tier == KvTier.Host ? host : disk)!.Put(block, bytes);
    }

    private void Check(KvTier tier, int block)
    {
        if ((uint)block >= (uint)BlocksIn(tier))
        {
            throw new ArgumentException(FormattableString.Invariant($"Block {block} is not one of the {BlocksIn(tier)} of tier {tier}."));
        }
    }
}
