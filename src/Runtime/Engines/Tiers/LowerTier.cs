using Cortex.Serving.Journal;

namespace Cortex.Runtime.Engines.Tiers;

/// <summary>A tier below the device: keeps whole blocks of bytes, each with a checksum that was taken when it went in.</summary>
/// <param name="tier">Which.</param>
/// <param name="blocks">How many.</param>
internal abstract class LowerTier(KvTier tier, int blocks) : IDisposable
{
    public int Blocks => blocks;

    /// <summary>Keeps a block.</summary>
    public abstract void Put(int block, ReadOnlySpan<byte> bytes);

    /// <summary>Gives a block back.</summary>
    /// <exception cref="IOException">Nothing was put there, or it is not what was put there.</exception>
    public abstract void Get(int block, Span<byte> into);

    public abstract void Dispose();

    /// <exception cref="IOException">The bytes are not those of the checksum.</exception>
    protected void Check(int block, ReadOnlySpan<byte> bytes, uint expected)
    {
        if (Checksum.Of(bytes) != expected)
        {
            throw new IOException(FormattableString.Invariant($"Block {block} of tier {tier} did not come back as it was stored: its checksum is wrong."));
        }
    }

    protected IOException Empty(int block) => new(FormattableString.Invariant($"Block {block} of tier {tier} holds nothing."));
}
