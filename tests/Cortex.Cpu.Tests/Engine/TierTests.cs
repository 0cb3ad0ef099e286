using Cortex.Runtime.Cpu.Memory;
using Cortex.Runtime.Engines;
using Cortex.Runtime.Models;
using Xunit;

namespace Cortex.Cpu.Tests.Engine;

/// <summary>Blocks go from tier to tier as they are; one that comes back otherwise is never handed on.</summary>
public sealed class TierTests : IDisposable
{
    private const int Blocks = 6;
    private readonly ModelWeights weights = ModelLoader.Open("random:tiny");
    private readonly TemporaryFolder folder = new();
    private readonly CpuEngine engine;
    private readonly CpuKvPool pool;

    public TierTests()
    {
        engine = new(weights, new() { Blocks = Blocks, HostBlocks = 3, DiskBlocks = 2, DiskFolder = folder.Path, Threads = 1 });
        pool = (CpuKvPool)engine.Pool;
        Random random = new(11);
        byte[] bytes = new byte[pool.Layout.BlockBytes];
        for (int block = 0; block < Blocks; block++)
        {
            random.NextBytes(bytes);
            pool.Write(block, bytes);
        }
    }

    [Fact]
    public void Tiers_have_as_many_blocks_as_was_asked()
    {
        Assert.Equal(Blocks, engine.BlocksIn(KvTier.Device));
        Assert.Equal(3, engine.BlocksIn(KvTier.Host));
        Assert.Equal(2, engine.BlocksIn(KvTier.Disk));
    }

    [Fact]
    public void A_block_goes_through_every_tier_and_back()
    {
        byte[] before = Bytes(0);
        engine.CopyBlocks(
        [
            new(KvTier.Device, 0, KvTier.Host, 2), new(KvTier.Host, 2, KvTier.Host, 0), new(KvTier.Host, 0, KvTier.Disk, 1),
            new(KvTier.Disk, 1, KvTier.Disk, 0), new(KvTier.Disk, 0, KvTier.Device, 4), new(KvTier.Device, 4, KvTier.Device, 5),
        ]);
        Assert.Equal(before, Bytes(0));
        Assert.Equal(before, Bytes(4));
        Assert.Equal(before, Bytes(5));
    }

    [Fact]
    public void Copies_are_done_one_after_the_other()
    {
        byte[] first = Bytes(0);
        engine.CopyBlocks([new(KvTier.Device, 0, KvTier.Device, 1), new(KvTier.Device, 1, KvTier.Device, 2)]);
        Assert.Equal(first, Bytes(2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(14)]
    [InlineData(16)]
    [InlineData(4000)]
    public void A_byte_that_flipped_on_disk_is_noticed(int at)
    {
        engine.CopyBlocks([new(KvTier.Device, 3, KvTier.Disk, 0), new(KvTier.Device, 3, KvTier.Disk, 1)]);
        byte[] before = Bytes(2);
        Flip(at + 16 + pool.Layout.BlockBytes);
        engine.CopyBlocks([new(KvTier.Disk, 0, KvTier.Device, 1)]);
        IOException fault = Assert.Throws<IOException>(() => engine.CopyBlocks([new(KvTier.Disk, 1, KvTier.Device, 2)]));
        Assert.StartsWith("Block 1 of tier Disk ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, Bytes(2));
    }

    [Fact]
    public void A_file_cut_short_is_noticed()
    {
        engine.CopyBlocks([new(KvTier.Device, 3, KvTier.Disk, 1)]);
        using (FileStream file = OpenFile())
        {
            file.SetLength(file.Length - 1);
        }
        Assert.Throws<IOException>(() => engine.CopyBlocks([new(KvTier.Disk, 1, KvTier.Device, 2)]));
    }

    [Theory]
    [InlineData(KvTier.Host, "Block 1 of tier Host holds nothing.")]
    [InlineData(KvTier.Disk, "Block 1 of tier Disk holds nothing.")]
    public void A_block_that_was_never_stored_is_noticed(KvTier tier, string message) =>
        Assert.Equal(message, Assert.Throws<IOException>(() => engine.CopyBlocks([new(tier, 1, KvTier.Device, 2)])).Message);

    [Theory]
    [InlineData(KvTier.Device, 6)]
    [InlineData(KvTier.Host, 3)]
    [InlineData(KvTier.Disk, -1)]
    public void A_block_that_a_tier_lacks_is_refused_before_anything_is_copied(KvTier tier, int block)
    {
        byte[] before = Bytes(1);
        Assert.Throws<ArgumentException>(() => engine.CopyBlocks([new(KvTier.Device, 0, KvTier.Device, 1), new(tier, block, KvTier.Device, 2)]));
        Assert.Equal(before, Bytes(1));
    }

    [Fact]
    public void An_engine_without_lower_tiers_has_no_blocks_there()
    {
        using CpuEngine alone = new(weights, new() { Blocks = 1, Threads = 1 });
        Assert.Equal(0, alone.BlocksIn(KvTier.Host));
        Assert.Throws<ArgumentException>(() => alone.CopyBlocks([new(KvTier.Device, 0, KvTier.Disk, 0)]));
    }

    [Fact]
    public void The_file_goes_with_the_engine()
    {
        engine.Dispose();
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    public void Dispose()
    {
        engine.Dispose();
        folder.Dispose();
        weights.Dispose();
    }

    private byte[] Bytes(int block)
    {
        byte[] bytes = new byte[pool.Layout.BlockBytes];
        pool.Read(block, bytes);
        return bytes;
    }

    private void Flip(long at)
    {
        using FileStream file = OpenFile();
        file.Position = at;
        int value = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(value ^ 0x40));
    }

    private FileStream OpenFile() =>
        new(Directory.EnumerateFiles(folder.Path).Single(), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
}
