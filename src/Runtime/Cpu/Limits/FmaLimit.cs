using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Cortex.Runtime.Cpu.Kernels;
using Cortex.Runtime.Cpu.Products;
using Cortex.Runtime.Cpu.Threads;

namespace Cortex.Runtime.Cpu.Limits;

/// <summary>How fast a crew can multiply and add at all: fused, in 32-bit floats, from registers to registers, at the widest vectors that there are.</summary>
/// <param name="crew">Computes; not disposed of here.</param>
public sealed class FmaLimit(WorkCrew crew)
{
    private const int Tiles = 64;

    private readonly FmaLoop loop = SimdTiers.Best switch
    {
        SimdTier.V512 => new FmaLoop<Lanes512, Vector512<float>>(),
        SimdTier.V256 => new FmaLoop<Lanes256, Vector256<float>>(),
        _ => new FmaLoop<Lanes128, Vector128<float>>(),
    };

    /// <summary>Multiplications and additions a second, two for each number of a fused operation.</summary>
    public double Measure()
    {
        long start = Stopwatch.GetTimestamp();
        crew.Run(Tiles, loop);
        return Tiles * loop.Operations / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private abstract class FmaLoop : ITileWork
    {
        /// <summary>Multiplications and additions of a tile.</summary>
        public abstract double Operations { get; }

        public abstract void Run(int tile, int thread);
    }

    private sealed class FmaLoop<TLanes, TVec> : FmaLoop
        where TLanes : struct, ILanes<TVec>
        where TVec : struct
    {
        // Enough at once for any processor's latency, and with the two factors no more than 16 registers.
        private const int Sums = 12;
        private const int Rounds = 1 << 16;

        public override double Operations => 2.0 * Sums * Rounds * TLanes.Count;

        /// <summary>Keeps the compiler from leaving out what nobody uses.</summary>
        public float Sum { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Run(int tile, int thread)
        {
            TVec x = TLanes.Of(0.999f), y = TLanes.Of(0.001f);
            TVec a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
            for (int round = 0; round < Rounds; round++)
            {
                a = TLanes.Fma(a, x, y);
                b = TLanes.Fma(b, x, y);
                c = TLanes.Fma(c, x, y);
                d = TLanes.Fma(d, x, y);
                e = TLanes.Fma(e, x, y);
                f = TLanes.Fma(f, x, y);
                g = TLanes.Fma(g, x, y);
                h = TLanes.Fma(h, x, y);
                i = TLanes.Fma(i, x, y);
                j = TLanes.Fma(j, x, y);
                k = TLanes.Fma(k, x, y);
                l = TLanes.Fma(l, x, y);
            }
            a = TLanes.Add(TLanes.Add(TLanes.Add(a, b), TLanes.Add(c, d)), TLanes.Add(TLanes.Add(e, f), TLanes.Add(g, h)));
            Sum = TLanes.Sum(TLanes.Add(a, TLanes.Add(TLanes.Add(i, j), TLanes.Add(k, l))));
        }
    }
}
