using Cortex.Runtime.Cpu.Threads;
using Cortex.Runtime.Models;

namespace Cortex.Runtime.Cpu.Products;

/// <summary>Fills the panels of a <see cref="PackedMatrix"/>, a tile each. Outputs beyond the last row are zeros.</summary>
internal sealed unsafe class PanelPacking(PackedMatrix packed, WeightMatrix[] sources) : ITileWork
{
    public void Run(int tile, int thread)
    {
        int width = packed.Width;
        byte* panel = packed.Data + (tile * packed.PanelBytes);
        for (int half = 0; half < 2; half++)
        {
            for (int lane = 0; lane < width; lane++)
            {
                (WeightMatrix? source, int row) = Find(tile, half, lane);
                if (packed.IsBf16)
                {
                    CopyHalves((ushort*)panel + (2 * lane) + half, source, row);
                }
                else
                {
                    CopyFloats((float*)panel + (half * width) + lane, source, row);
                }
            }
        }
    }

    private (WeightMatrix? Source, int Row) Find(int panel, int half, int lane)
    {
        if (packed.IsGated)
        {
            int pair = (panel * packed.Width) + lane;
            return (pair < packed.Rows ? sources[half] : null, pair);
        }
        int row = (((2 * panel) + half) * packed.Width) + lane;
        foreach (WeightMatrix source in sources)
        {
            if (row < source.Rows)
            {
                return (source, row);
            }
            row -= source.Rows;
        }
        return (null, 0);
    }

    private void CopyHalves(ushort* to, WeightMatrix? source, int row)
    {
        int step = 2 * packed.Width;
        ushort* from = source is null ? null : (ushort*)source.Data + ((long)row * packed.Columns);
        for (int column = 0; column < packed.Columns; column++, to += step)
        {
            *to = from is null ? (ushort)0 : from[column];
        }
    }

    private void CopyFloats(float* to, WeightMatrix? source, int row)
    {
        int step = 2 * packed.Width;
        long first = (long)row * packed.Columns;
        for (int column = 0; column < packed.Columns; column++, to += step)
        {
            *to = source switch
            {
                null => 0,
                { Type: WeightType.F16 } => (float)((Half*)source.Data)[first + column],
                _ => ((float*)source.Data)[first + column],
            };
        }
    }
}
