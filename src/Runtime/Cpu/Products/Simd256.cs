using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cortex.Runtime.Cpu.Products;

/// <summary>Vectors of 256 bits.</summary>
internal readonly unsafe struct Simd256 : ISimd<Vector256<float>>
{
    public static int Width => Vector256<float>.Count;

    public static int MaxRows => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* from) => Vector256.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> vector, float* to) => vector.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> sum) => Vector256.FusedMultiplyAdd(a, b, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SiluTimes(Vector256<float> x, Vector256<float> up) => x / (Vector256<float>.One + Vector256.Exp(-x)) * up;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Widen(byte* words, out Vector256<float> low, out Vector256<float> high)
    {
        Vector256<uint> both = Vector256.Load((uint*)words);
        low = (both << 16).AsSingle();
        high = (both & Vector256.Create(0xFFFF0000u)).AsSingle();
    }
}
