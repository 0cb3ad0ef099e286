using System.Runtime.CompilerServices;
using Cortex.Runtime.Cpu.Kernels;

namespace Cortex.Runtime.Cpu.Products;

/// <summary>How a line of a panel (two vectors' worth of weights of one column) lies in memory.</summary>
internal unsafe interface IWeightLines<TVec>
    where TVec : struct
{
    /// <summary>Bytes of a line of two vectors.</summary>
    static abstract int LineBytes { get; }

    static abstract void Load(byte* line, out TVec low, out TVec high);
}

/// <summary>bf16: a word holds one number of each vector.</summary>
internal readonly unsafe struct Bf16Lines<TLanes, TVec> : IWeightLines<TVec>
    where TLanes : struct, ILanes<TVec>
    where TVec : struct
{
    public static int LineBytes => TLanes.Count * sizeof(uint);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* line, out TVec low, out TVec high) => TLanes.WidenPairs((uint*)line, out low, out high);
}

/// <summary>32-bit floats: one vector behind the other.</summary>
internal readonly unsafe struct F32Lines<TLanes, TVec> : IWeightLines<TVec>
    where TLanes : struct, ILanes<TVec>
    where TVec : struct
{
    public static int LineBytes => 2 * TLanes.Count * sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* line, out TVec low, out TVec high)
    {
        low = TLanes.Load((float*)line);
        high = TLanes.Load((float*)line + TLanes.Count);
    }
}
