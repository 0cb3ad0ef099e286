using System.Runtime.Intrinsics;
using Cortex.Runtime.Cpu.Products;

namespace Cortex.Runtime.Cpu.Kernels;

/// <summary>Everything that is computed on one row alone, whatever else is in the step.</summary>
internal abstract unsafe class RowKernels
{
    /// <summary>Kernels of a tier.</summary>
    public static RowKernels Of(SimdTier tier) => tier switch
    {
        SimdTier.V512 => new RowKernels<Lanes512, Vector512<float>>(),
        SimdTier.V256 => new RowKernels<Lanes256, Vector256<float>>(),
        _ => new RowKernels<Lanes128, Vector128<float>>(),
    };

    /// <summary>RMSNorm: x × weight / √(mean of x² + ε). <paramref name="into"/> may be <paramref name="from"/>.</summary>
    public abstract void Normalise(float* from, float* weight, double epsilon, float* into, int count);

    /// <summary>Turns number i of a head against number i + half, and scales both.</summary>
    public abstract void Rotate(float* head, float* cosine, float* sine, float scale, int half);
}

/// <inheritdoc/>
internal sealed unsafe class RowKernels<TLanes, TVec> : RowKernels
    where TLanes : struct, ILanes<TVec>
    where TVec : struct
{
    public override void Normalise(float* from, float* weight, double epsilon, float* into, int count)
    {
        float scale = (float)(1 / Math.Sqrt(FixedSum<TLanes, TVec>.OfSquares(from, count) / (double)count + epsilon));
        TVec scales = TLanes.Of(scale);
        int i = 0;
        for (; i <= count - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Store(into + i, TLanes.Multiply(TLanes.Multiply(TLanes.Load(from + i), scales), TLanes.Load(weight + i)));
        }
        for (; i < count; i++)
        {
            into[i] = from[i] * scale * weight[i];
        }
    }

    public override void Rotate(float* head, float* cosine, float* sine, float scale, int half)
    {
        int i = 0;
        for (; i <= half - TLanes.Count; i += TLanes.Count)
        {
            Turn<TLanes, TVec>(head + i, head + half + i, cosine + i, sine + i, scale);
        }
        for (; i < half; i++)
        {
            Turn<OneLane, float>(head + i, head + half + i, cosine + i, sine + i, scale);
        }
    }

    private static void Turn<TL, TV>(float* low, float* high, float* cosine, float* sine, float scale)
        where TL : struct, ILanes<TV>
        where TV : struct
    {
        TV cos = TL.Multiply(TL.Load(cosine), TL.Of(scale));
        TV sin = TL.Multiply(TL.Load(sine), TL.Of(scale));
        TV x = TL.Load(low);
        TV y = TL.Load(high);
        TL.Store(low, TL.Fma(x, cos, TL.Multiply(TL.Multiply(y, sin), TL.Of(-1))));
        TL.Store(high, TL.Fma(y, cos, TL.Multiply(x, sin)));
    }
}
