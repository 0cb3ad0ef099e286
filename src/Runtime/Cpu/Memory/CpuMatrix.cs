using Cortex.Runtime.Cpu.Products;
using Cortex.Runtime.Engines.Forward;

namespace Cortex.Runtime.Cpu.Memory;

/// <summary>A projection, packed.</summary>
internal sealed class CpuMatrix(PackedMatrix packed) : DeviceMatrix
{
    public PackedMatrix Packed => packed;

    public override void Dispose() => packed.Dispose();
}
