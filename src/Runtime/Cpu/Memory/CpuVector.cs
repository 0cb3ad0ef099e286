using Cortex.Runtime.Engines.Forward;
using Cortex.Runtime.Memory;

namespace Cortex.Runtime.Cpu.Memory;

/// <summary>A vector of weights.</summary>
internal sealed unsafe class CpuVector : DeviceVector
{
    private readonly AlignedBuffer memory;

    public CpuVector(ReadOnlySpan<float[]> parts)
    {
        foreach (float[] part in parts)
        {
            Length += part.Length;
        }
        memory = new((long)Length * sizeof(float));
        int at = 0;
        foreach (float[] part in parts)
        {
            part.CopyTo(new Span<float>((float*)memory.Address + at, part.Length));
            at += part.Length;
        }
    }

    public int Length { get; }

    public float* Data => (float*)memory.Address;

    public override void Dispose() => memory.Dispose();
}
