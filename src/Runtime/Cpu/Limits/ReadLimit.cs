using System.Diagnostics;
using System.Runtime.Intrinsics;
using Cortex.Runtime.Cpu.Kernels;
using Cortex.Runtime.Cpu.Products;
using Cortex.Runtime.Cpu.Threads;
using Cortex.Runtime.Memory;

namespace Cortex.Runtime.Cpu.Limits;

/// <summary>How fast a crew can read memory at all: sums over a buffer far larger than the caches, on large pages as weights are, by several loops of which the fastest counts.</summary>
public sealed class ReadLimit : IDisposable
{
    private readonly WorkCrew crew;
    private readonly AlignedBuffer buffer;
    private readonly ReadLoop[] loops;

    /// <param name="crew">Reads; not disposed of here.</param>
    /// <param name="bytes">To read, a few times what the caches hold; rounded down to whole MiB.</param>
    public unsafe ReadLimit(WorkCrew crew, long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, ReadLoop.TileBytes);
        this.crew = crew;
        buffer = new(bytes / ReadLoop.TileBytes * ReadLoop.TileBytes);
        loops = SimdTiers.Best switch
        {
            SimdTier.V512 => Loops<Lanes512, Vector512<float>>(),
            SimdTier.V256 => Loops<Lanes256, Vector256<float>>(),
            _ => Loops<Lanes128, Vector128<float>>(),
        };
        // Pages that nobody has written to are one and the same, and in the cache.
        crew.Run(Tiles, new Writing(buffer.Address));
    }

    private int Tiles => (int)(buffer.Bytes / ReadLoop.TileBytes);

    /// <summary>Bytes a second of the fastest loop; each reads everything once.</summary>
    public double Measure()
    {
        double fastest = double.PositiveInfinity;
        foreach (ReadLoop loop in loops)
        {
            long start = Stopwatch.GetTimestamp();
            crew.Run(Tiles, loop);
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return buffer.Bytes / fastest;
    }

    public void Dispose() => buffer.Dispose();

    private unsafe ReadLoop[] Loops<TLanes, TVec>()
        where TLanes : struct, ILanes<TVec>
        where TVec : struct =>
        [
            .. ((int[])[1, 4, 8]).Select(streams => new ReadLoop<TLanes, TVec>(buffer.Address, streams)),
        ];

    private sealed unsafe class Writing(byte* address) : ITileWork
    {
        public void Run(int tile, int thread) => new Span<byte>(address + (tile * ReadLoop.TileBytes), (int)ReadLoop.TileBytes).Fill(1);
    }
}
