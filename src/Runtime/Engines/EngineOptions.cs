using Cortex.Runtime.Engines.Forward;

namespace Cortex.Runtime.Engines;

/// <summary>Sizes of an engine, on whichever device.</summary>
public record EngineOptions
{
    /// <summary>Tokens in a block, at least 1. A multiple of 16 is fastest.</summary>
    public int BlockSize { get; init; } = 16;

    /// <summary>Blocks in the pool that steps compute over, at least 1.</summary>
    public required int Blocks { get; init; }

    /// <summary>Blocks in the memory tier below it; 0: there is none.</summary>
    public int HostBlocks { get; init; }

    /// <summary>Blocks in files; 0: there are none.</summary>
    public int DiskBlocks { get; init; }

    /// <summary>Where the files go; needed with <see cref="DiskBlocks"/>. Made if it is not there; what the engine puts there goes with it.</summary>
    public string? DiskFolder { get; init; }

    /// <summary>How KV is stored.</summary>
    public KvType KvType { get; init; } = KvType.F32;

    /// <exception cref="ArgumentException">A number is out of its range, or blocks on disk have no folder.</exception>
    internal virtual void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BlockSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Blocks, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(HostBlocks);
        ArgumentOutOfRangeException.ThrowIfNegative(DiskBlocks);
        if (DiskBlocks > 0 && string.IsNullOrEmpty(DiskFolder))
        {
            throw new ArgumentException("Blocks on disk need a folder.", nameof(DiskFolder));
        }
    }
}
