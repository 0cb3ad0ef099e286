using Cortex.Runtime.Cpu.Memory;
using Cortex.Runtime.Cpu.Threads;

namespace Cortex.Runtime.Cpu.Kernels;

/// <summary>Embeddings of many tokens.</summary>
internal sealed unsafe class EmbedRows() : RowWork(rowsPerTile: 32)
{
    private List<int> tokens = null!;
    private CpuTable table = null!;
    private CpuRows into = null!;

    public void Run(WorkCrew crew, List<int> tokens, CpuTable table, CpuRows into)
    {
        this.tokens = tokens;
        this.table = table;
        this.into = into;
        Run(crew, tokens.Count);
    }

    protected override void Row(int row) => table.Widen(tokens[row], into.Row(row));
}
