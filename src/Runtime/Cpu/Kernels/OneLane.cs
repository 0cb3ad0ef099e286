namespace Cortex.Runtime.Cpu.Kernels;

/// <summary>One number at a time: for what is left over behind whole vectors.</summary>
internal readonly unsafe struct OneLane : ILanes<float>
{
    public static int Count => 1;

    public static float Zero => 0;

    public static float Of(float value) => value;

    public static float Load(float* from) => *from;

    public static void Store(float* into, float value) => *into = value;

    public static float Add(float a, float b) => a + b;

    public static float Multiply(float a, float b) => a * b;

    public static float Divide(float a, float b) => a / b;

    public static float Fma(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    public static float Max(float a, float b) => MathF.Max(a, b);

    public static float Min(float a, float b) => MathF.Min(a, b);

    public static float Round(float a) => MathF.Round(a);

    public static float PowerOfTwo(float integer) => BitConverter.Int32BitsToSingle((int)integer + 127 << 23);

    public static float ZeroBelow(float value, float a, float limit) => a < limit ? 0 : value;

    public static float Sum(float a) => a;

    public static float Largest(float a) => a;

    public static float Widen(ushort* from) => BitConverter.UInt32BitsToSingle((uint)*from << 16);

    public static void WidenPairs(uint* from, out float low, out float high)
    {
        low = BitConverter.UInt32BitsToSingle(*from << 16);
        high = BitConverter.UInt32BitsToSingle(*from & 0xFFFF0000);
    }
}
