using Cortex.Runtime.Cpu.Memory;
using Cortex.Runtime.Cpu.Threads;

namespace Cortex.Runtime.Cpu.Kernels;

/// <summary>The place of the largest number of each row, the first among equals.</summary>
internal sealed unsafe class ArgmaxRows() : RowWork(rowsPerTile: 1)
{
    private CpuRows from = null!;
    private int[] columns = [];

    public void Run(WorkCrew crew, CpuRows from, Span<int> columns)
    {
        this.from = from;
        if (this.columns.Length < columns.Length)
        {
            this.columns = new int[columns.Length];
        }
        Run(crew, columns.Length);
        this.columns.AsSpan(0, columns.Length).CopyTo(columns);
    }

    protected override void Row(int row)
    {
        float* numbers = from.Row(row);
        int best = 0;
        for (int i = 1; i < from.Columns; i++)
        {
            if (numbers[i] > numbers[best])
            {
                best = i;
            }
        }
        columns[row] = best;
    }
}
