using System.Runtime.CompilerServices;

namespace Cortex.Runtime.Cpu.Kernels;

/// <summary>
/// Sums whose order is the same at every width: always 16 sums side by side, number i in sum i mod 16, however many vectors they take, and at the
/// end always the same halves added.
/// </summary>
internal static unsafe class FixedSum<TLanes, TVec>
    where TLanes : struct, ILanes<TVec>
    where TVec : struct
{
    private const int Sums = 16;

    /// <summary>Sum of some numbers.</summary>
    /// <param name="count">A multiple of 16.</param>
    public static float Of(float* numbers, int count)
    {
        float* sums = stackalloc float[Sums];
        Add<Itself>(numbers, count, sums);
        return Together(sums);
    }

    /// <summary>Sum of squares of any count of numbers.</summary>
    public static float OfSquares(float* numbers, int count)
    {
        float* sums = stackalloc float[Sums];
        int whole = count / Sums * Sums;
        Add<Squared>(numbers, whole, sums);
        for (int i = whole; i < count; i++)
        {
            sums[i - whole] = MathF.FusedMultiplyAdd(numbers[i], numbers[i], sums[i - whole]);
        }
        return Together(sums);
    }

    private static void Add<TTerm>(float* numbers, int count, float* sums)
        where TTerm : struct, ITerm
    {
        for (int column = 0; column < Sums; column += 4 * TLanes.Count)
        {
            TVec a = TLanes.Zero, b = TLanes.Zero, c = TLanes.Zero, d = TLanes.Zero;
            for (int i = column; i < count; i += Sums)
            {
                a = TTerm.Add(a, numbers + i);
                if (TLanes.Count < Sums)
                {
                    b = TTerm.Add(b, numbers + i + TLanes.Count);
                }
                if (TLanes.Count < Sums / 2)
                {
                    c = TTerm.Add(c, numbers + i + 2 * TLanes.Count);
                    d = TTerm.Add(d, numbers + i + 3 * TLanes.Count);
                }
            }
            TLanes.Store(sums + column, a);
            if (TLanes.Count < Sums)
            {
                TLanes.Store(sums + column + TLanes.Count, b);
            }
            if (TLanes.Count < Sums / 2)
            {
                TLanes.Store(sums + column + 2 * TLanes.Count, c);
                TLanes.Store(sums + column + 3 * TLanes.Count, d);
            }
        }
    }

    private static float Together(float* sums)
    {
        for (int half = Sums / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                sums[i] += sums[i + half];
            }
        }
        return sums[0];
    }

    /// <summary>What of a number is added.</summary>
    private interface ITerm
    {
        static abstract TVec Add(TVec sum, float* number);
    }

    private readonly struct Itself : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVec Add(TVec sum, float* number) => TLanes.Add(sum, TLanes.Load(number));
    }

    private readonly struct Squared : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVec Add(TVec sum, float* number)
        {
            TVec x = TLanes.Load(number);
            return TLanes.Fma(x, x, sum);
        }
    }
}
