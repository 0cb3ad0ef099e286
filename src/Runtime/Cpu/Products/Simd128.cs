using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cortex.Runtime.Cpu.Products;

/// <summary>Vectors of 128 bits.</summary>
internal readonly unsafe struct Simd128 : ISimd<Vector128<float>>
{
    public static int Width => Vector128<float>.Count;

    public static int MaxRows => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* from) => Vector128.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> vector, float* to) => vector.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> sum) => Vector128.FusedMultiplyAdd(a, b, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SiluTimes(Vector128<float> x, Vector128<float> up) => x / (Vector128<float>.One + Vector128.Exp(-x)) * up;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Widen(byte* words, out Vector128<float> low, out Vector128<float> high)
    {
        Vector128<uint> both = Vector128.Load((uint*)words);
        low = (both << 16).AsSingle();
        high = (both & Vector128.Create(0xFFFF0000u)).AsSingle();
    }
}
