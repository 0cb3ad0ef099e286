using System.Runtime.CompilerServices;

namespace Cortex.Runtime.Cpu.Kernels;

/// <summary>
/// e to the power of each lane, within 2 units in the last place, 0 below the smallest normal number. The same bits at every width, which a
/// library's own function does not promise for what is left over behind whole vectors.
/// </summary>
internal static class Exponential<TLanes, TVec>
    where TLanes : struct, ILanes<TVec>
    where TVec : struct
{
    /// <summary>ln of the smallest normal number, rounded up.</summary>
    private const float Least = -87.336544f;

    /// <summary>Keeps 2ⁿ finite.</summary>
    private const float Most = 88.0f;

    /// <summary>ln 2 in two parts, the first with so few bits that its product with an exponent is exact.</summary>
    private const float Ln2High = 0.693359375f;

    private const float Ln2Low = -2.12194440e-4f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVec Of(TVec x)
    {
        // x in second place, so that what is not a number stays so.
        TVec within = TLanes.Min(TLanes.Of(Most), TLanes.Max(TLanes.Of(Least), x));
        TVec n = TLanes.Round(TLanes.Multiply(within, TLanes.Of(1.44269504f)));
        TVec r = TLanes.Fma(n, TLanes.Of(-Ln2High), within);
        r = TLanes.Fma(n, TLanes.Of(-Ln2Low), r);
        // e^r = 1 + r + r² p(r) for |r| ≤ ln 2 / 2, with the minimax coefficients that the Cephes library uses.
        TVec p = TLanes.Of(1.9875691500e-4f);
        p = TLanes.Fma(p, r, TLanes.Of(1.3981999507e-3f));
        p = TLanes.Fma(p, r, TLanes.Of(8.3334519073e-3f));
        p = TLanes.Fma(p, r, TLanes.Of(4.1665795894e-2f));
        p = TLanes.Fma(p, r, TLanes.Of(1.6666665459e-1f));
        p = TLanes.Fma(p, r, TLanes.Of(5.0000001201e-1f));
        TVec power = TLanes.Add(TLanes.Fma(p, TLanes.Multiply(r, r), r), TLanes.Of(1));
        return TLanes.ZeroBelow(TLanes.Multiply(power, TLanes.PowerOfTwo(n)), x, TLanes.Of(Least));
    }
}
