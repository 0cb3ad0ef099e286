using Cortex.Runtime.Models;

namespace Cortex.Cpu.Tests.Products;

/// <summary>A matrix of random weights as a file stores it, and the same numbers widened for plain loops.</summary>
internal sealed unsafe class RandomWeights : IDisposable
{
    private readonly Native<byte> data;

    public RandomWeights(Random random, int rows, int columns, WeightType type)
    {
        int size = type == WeightType.F32 ? 4 : 2;
        data = new(rows * columns * size);
        Values = new double[rows * columns];
        for (int i = 0; i < Values.Length; i++)
        {
            float value = random.NextSingle() - 0.5f;
            switch (type)
            {
                case WeightType.F32:
                    ((float*)data.Data)[i] = value;
                    break;
                case WeightType.F16:
                    ((Half*)data.Data)[i] = (Half)value;
                    value = (float)(Half)value;
                    break;
                default:
                    uint bits = BitConverter.SingleToUInt32Bits(value) & 0xFFFF0000;
                    ((ushort*)data.Data)[i] = (ushort)(bits >> 16);
                    value = BitConverter.UInt32BitsToSingle(bits);
                    break;
            }
            Values[i] = value;
        }
        Matrix = new(rows, columns, type, (nint)data.Data);
    }

    public WeightMatrix Matrix { get; }

    public double[] Values { get; }

    public void Dispose() => data.Dispose();
}
