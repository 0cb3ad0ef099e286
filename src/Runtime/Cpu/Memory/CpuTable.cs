using Cortex.Runtime.Engines.Forward;
using Cortex.Runtime.Models;

namespace Cortex.Runtime.Cpu.Memory;

/// <summary>A table whose rows are read where they lie: the weights must live as long.</summary>
internal sealed unsafe class CpuTable(WeightMatrix weights) : DeviceTable
{
    /// <summary>Widens a row, which is exact.</summary>
    public void Widen(int row, float* into)
    {
        nint at = weights.Data + (nint)(weights.Bytes / weights.Rows * row);
        Widening.ToSingle(weights.Type, at, new(into, weights.Columns));
    }

    public override void Dispose()
    {
    }
}
