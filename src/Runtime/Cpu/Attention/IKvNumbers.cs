using System.Runtime.CompilerServices;
using Cortex.Runtime.Cpu.Kernels;

namespace Cortex.Runtime.Cpu.Attention;

/// <summary>How the numbers of keys and values lie in memory.</summary>
internal unsafe interface IKvNumbers<TVec>
    where TVec : struct
{
    static abstract int Bytes { get; }

    /// <summary>A vector of them, as 32-bit numbers.</summary>
    static abstract TVec Load(byte* from);
}

/// <summary>As they are computed.</summary>
internal readonly unsafe struct F32Numbers<TLanes, TVec> : IKvNumbers<TVec>
    where TLanes : struct, ILanes<TVec>
    where TVec : struct
{
    public static int Bytes => sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVec Load(byte* from) => TLanes.Load((float*)from);
}

/// <summary>Rounded to 16 bits.</summary>
internal readonly unsafe struct Bf16Numbers<TLanes, TVec> : IKvNumbers<TVec>
    where TLanes : struct, ILanes<TVec>
    where TVec : struct
{
    public static int Bytes => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVec Load(byte* from) => TLanes.Widen((ushort*)from);
}
