using System.Runtime.CompilerServices;

namespace Cortex.Runtime.Cpu.Products;

/// <summary>How a line of a panel (two vectors' worth of weights of one column) lies in memory.</summary>
internal unsafe interface IWeightLines<V>
    where V : unmanaged
{
    /// <summary>Bytes of a line of two vectors.</summary>
    static abstract int LineBytes { get; }

    static abstract void Load(byte* line, out V low, out V high);
}

/// <summary>bf16: a word holds one number of each vector.</summary>
internal readonly unsafe struct Bf16Lines<S, V> : IWeightLines<V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    public static int LineBytes => S.Width * sizeof(uint);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* line, out V low, out V high) => S.Widen(line, out low, out high);
}

/// <summary>32-bit floats: one vector behind the other.</summary>
internal readonly unsafe struct F32Lines<S, V> : IWeightLines<V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    public static int LineBytes => 2 * S.Width * sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* line, out V low, out V high)
    {
        low = S.Load((float*)line);
        high = S.Load((float*)line + S.Width);
    }
}
