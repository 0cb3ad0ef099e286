using Cortex.Runtime.Cpu.Memory;
using Cortex.Runtime.Cpu.Threads;

namespace Cortex.Runtime.Cpu.Kernels;

/// <summary>RMSNorm of many rows.</summary>
internal sealed unsafe class NormaliseRows(RowKernels kernels, double epsilon) : RowWork(rowsPerTile: 16)
{
    private CpuRows from = null!;
    private CpuVector weight = null!;
    private CpuRows into = null!;

    public void Run(WorkCrew crew, CpuRows from, CpuVector weight, CpuRows into, int rows)
    {
        this.from = from;
        this.weight = weight;
        this.into = into;
        Run(crew, rows);
    }

    protected override void Row(int row) => kernels.Normalise(from.Row(row), weight.Data, epsilon, into.Row(row), from.Columns);
}
