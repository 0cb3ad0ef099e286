namespace Cortex.Runtime.Cpu.Kernels;

/// <summary>
/// A width of SIMD, so that a kernel is written once for all of them: 512, 256 or 128 bits, or a single number for what is left over. All
/// operations are those of IEEE 754 on each lane, hence a kernel whose lanes do not meet gives the same bits at every width.
/// </summary>
/// <typeparam name="TVec">The vector of 32-bit numbers.</typeparam>
internal unsafe interface ILanes<TVec>
    where TVec : struct
{
    static abstract int Count { get; }

    static abstract TVec Zero { get; }

    static abstract TVec Of(float value);

    static abstract TVec Load(float* from);

    static abstract void Store(float* into, TVec value);

    static abstract TVec Add(TVec a, TVec b);

    static abstract TVec Multiply(TVec a, TVec b);

    static abstract TVec Divide(TVec a, TVec b);

    /// <summary>a × b + c, rounded once.</summary>
    static abstract TVec Fma(TVec a, TVec b, TVec c);

    /// <summary>The processor's own: where one is not a number, the other or that one comes out; on x86 always <paramref name="b"/>.</summary>
    static abstract TVec Max(TVec a, TVec b);

    /// <summary>As <see cref="Max"/>.</summary>
    static abstract TVec Min(TVec a, TVec b);

    /// <summary>To the nearest integer, ties to even.</summary>
    static abstract TVec Round(TVec a);

    /// <summary>2 to the power of each lane, an integer from −126 to 127.</summary>
    static abstract TVec PowerOfTwo(TVec integer);

    /// <summary>Lanes where <paramref name="a"/> is less than <paramref name="limit"/> become 0.</summary>
    static abstract TVec ZeroBelow(TVec value, TVec a, TVec limit);

    /// <summary>Sum over the lanes, in an order of its own for each width.</summary>
    static abstract float Sum(TVec a);

    static abstract float Largest(TVec a);

    /// <summary>Widens bfloat16, which is exact.</summary>
    static abstract TVec Widen(ushort* from);

    /// <summary>Widens twice as many bfloat16 numbers from as many words: those in the lower halves, and those in the upper halves.</summary>
    static abstract void WidenPairs(uint* from, out TVec low, out TVec high);
}
