using Cortex.Runtime.Cpu.Threads;

namespace Cortex.Runtime.Cpu.Kernels;

/// <summary>Work on rows that have nothing to do with each other. A few are done by the caller at once, many are shared by the crew.</summary>
/// <param name="rowsPerTile">Rows that are worth a hand-over together.</param>
internal abstract class RowWork(int rowsPerTile) : ITileWork
{
    private int rows;

    public void Run(int tile, int thread)
    {
        int end = Math.Min(rows, (tile + 1) * rowsPerTile);
        for (int row = tile * rowsPerTile; row < end; row++)
        {
            Row(row);
        }
    }

    protected abstract void Row(int row);

    protected void Run(WorkCrew crew, int rows)
    {
        this.rows = rows;
        int tiles = (rows + rowsPerTile - 1) / rowsPerTile;
        if (tiles > 1)
        {
            crew.Run(tiles, this);
        }
        else if (tiles == 1)
        {
            Run(0, 0);
        }
    }
}
