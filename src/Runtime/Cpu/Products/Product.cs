using Cortex.Runtime.Cpu.Threads;

namespace Cortex.Runtime.Cpu.Products;

/// <summary>One product, cut into tiles of a few panels by some blocks of rows. Tiles behind each other share their panels.</summary>
internal abstract unsafe class Product : ITileWork
{
    /// <summary>Panels that a tile may have.</summary>
    protected const int MostPanels = 4;

    // Columns times panels that keep a thread for some µs, with a few rows.
    private const int ColumnsPerTile = 2048;

    /// <summary>Blocks of rows of a tile.</summary>
    private const int BlocksPerTile = 8;

    public PackedMatrix Matrix { get; set; } = null!;

    public RowBlocks Blocks { get; set; }

    /// <summary>As <see cref="RowPacking"/> leaves it.</summary>
    public float* X { get; set; }

    /// <summary>[rows, outputs].</summary>
    public float* Y { get; set; }

    /// <summary>[outputs], or null.</summary>
    public float* Bias { get; set; }

    /// <summary>Whether the product is added to what stands in <see cref="Y"/>.</summary>
    public bool Accumulate { get; set; }

    public abstract int MaxRows { get; }

    public int Tiles => PanelGroups * BlockGroups;

    /// <summary>One row reads four panels at once, and many share them in the cache; between, small tiles leave nobody waiting for the last one.</summary>
    private int PanelsPerTile => Blocks.Rows == 1 || Blocks.Count > 1 ? MostPanels : Math.Clamp(ColumnsPerTile / Matrix.Columns, 1, MostPanels);

    private int PanelGroups => (Matrix.Panels + PanelsPerTile - 1) / PanelsPerTile;

    private int BlockGroups => (Blocks.Count + BlocksPerTile - 1) / BlocksPerTile;

    public void Run(int tile, int thread)
    {
        int panel = tile / BlockGroups * PanelsPerTile;
        int block = tile % BlockGroups * BlocksPerTile;
        int panels = Math.Min(PanelsPerTile, Matrix.Panels - panel);
        int lastBlock = Math.Min(block + BlocksPerTile, Blocks.Count);
        for (; block < lastBlock; block++)
        {
            Multiply(block, panel, panels);
        }
    }

    /// <summary>One block of rows by a few panels.</summary>
    protected abstract void Multiply(int block, int panel, int panels);
}
