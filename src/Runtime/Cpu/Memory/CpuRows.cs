using Cortex.Runtime.Engines.Forward;
using Cortex.Runtime.Memory;

namespace Cortex.Runtime.Cpu.Memory;

/// <summary>Activations in 32-bit numbers, row after row without gaps.</summary>
internal sealed unsafe class CpuRows(int capacity, int columns) : DeviceRows(capacity, columns)
{
    private readonly AlignedBuffer memory = new((long)capacity * columns * sizeof(float));

    public float* Data => (float*)memory.Address;

    public float* Row(int row) => (float*)memory.Address + (long)row * Columns;

    public override void Dispose() => memory.Dispose();
}
