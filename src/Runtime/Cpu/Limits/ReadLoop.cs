using System.Runtime.CompilerServices;
using Cortex.Runtime.Cpu.Kernels;
using Cortex.Runtime.Cpu.Threads;

namespace Cortex.Runtime.Cpu.Limits;

/// <summary>Reads tiles of a MiB.</summary>
internal abstract class ReadLoop : ITileWork
{
    public const long TileBytes = 1 << 20;

    public abstract void Run(int tile, int thread);
}

/// <inheritdoc/>
/// <param name="buffer">Tiles, one behind the other.</param>
/// <param name="streams">Places of a tile that are read in turns: a power of two, at most 8.</param>
internal sealed unsafe class ReadLoop<TLanes, TVec>(byte* buffer, int streams) : ReadLoop
    where TLanes : struct, ILanes<TVec>
    where TVec : struct
{
    private const int Unrolled = 8;

    /// <summary>Keeps the compiler from leaving out what nobody uses.</summary>
    public float Sum { get; private set; }

    public override void Run(int tile, int thread) => Sum = Add((float*)(buffer + (tile * TileBytes)), TileBytes / sizeof(float) / streams);

    /// <param name="from">A tile.</param>
    /// <param name="stretch">Numbers in a stream.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Add(float* from, long stretch)
    {
        TVec a = default, b = default, c = default, d = default;
        // Eight vectors a round: as many neighbours in each stream as it takes.
        nint width = TLanes.Count;
        nint neighbours = Unrolled / streams;
        nint step = neighbours * width;
        nint at1 = Place(1), at2 = Place(2), at3 = Place(3), at4 = Place(4), at5 = Place(5), at6 = Place(6), at7 = Place(7);
        for (float* end = from + stretch; from < end; from += step)
        {
            a = TLanes.Add(a, TLanes.Load(from));
            b = TLanes.Add(b, TLanes.Load(from + at1));
            c = TLanes.Add(c, TLanes.Load(from + at2));
            d = TLanes.Add(d, TLanes.Load(from + at3));
            a = TLanes.Add(a, TLanes.Load(from + at4));
            b = TLanes.Add(b, TLanes.Load(from + at5));
            c = TLanes.Add(c, TLanes.Load(from + at6));
            d = TLanes.Add(d, TLanes.Load(from + at7));
        }
        return TLanes.Sum(TLanes.Add(TLanes.Add(a, b), TLanes.Add(c, d)));

        nint Place(nint vector) => (vector / neighbours * (nint)stretch) + (vector % neighbours * width);
    }
}
