using System.Runtime.CompilerServices;
using Cortex.Runtime.Cpu.Kernels;

namespace Cortex.Runtime.Cpu.Products;

/// <summary>A product with vectors of one width and weights of one kind.</summary>
internal sealed unsafe class PanelProduct<TLanes, TLines, TVec> : Product
    where TLanes : struct, ILanes<TVec>
    where TLines : struct, IWeightLines<TVec>
    where TVec : struct
{
    public override int MaxRows => PanelKernel<TLanes, TLines, TVec>.MaxRows;

    protected override void Multiply(int block, int panel, int panels)
    {
        float* sums = stackalloc float[2 * TLanes.Count * Math.Max(PanelKernel<TLanes, TLines, TVec>.MaxRows, MostPanels)];
        int columns = Matrix.Columns;
        int height = Blocks.Height(block);
        int first = Blocks.Start(block);
        float* x = X + ((long)first * columns);
        byte* line = Matrix.Data + (panel * Matrix.PanelBytes);
        if (height == 1 && panels == 4)
        {
            PanelKernel<TLanes, TLines, TVec>.FourPanels(line, x, columns, sums);
            for (int i = 0; i < panels; i++)
            {
                Finish(sums + (2 * i * TLanes.Count), first, rows: 1, panel + i);
            }
            return;
        }
        for (int i = 0; i < panels; i++, line += Matrix.PanelBytes)
        {
            PanelKernel<TLanes, TLines, TVec>.Multiply(height, line, x, columns, sums);
            Finish(sums, first, Blocks.RowsIn(block), panel + i);
        }
    }

    /// <summary>From the sums of some rows and one panel to what stands in the result.</summary>
    private void Finish(float* sums, int row, int rows, int panel)
    {
        int outputs = Matrix.IsGated ? TLanes.Count : 2 * TLanes.Count;
        int first = panel * outputs;
        int inside = Math.Min(outputs, Matrix.Rows - first);
        float* y = Y + ((long)row * Matrix.Rows) + first;
        if (Matrix.IsGated)
        {
            Gate(sums, rows);
        }
        for (int i = 0; i < rows; i++, sums += 2 * TLanes.Count, y += Matrix.Rows)
        {
            if (Bias is not null)
            {
                AddTo(sums, Bias + first, inside);
            }
            if (Accumulate)
            {
                AddTo(sums, y, inside);
            }
            Unsafe.CopyBlockUnaligned(y, sums, (uint)(inside * sizeof(float)));
        }
    }

    /// <summary>The first of a row's two vectors becomes silu(first) × second.</summary>
    private static void Gate(float* sums, int rows)
    {
        for (int i = 0; i < rows; i++, sums += 2 * TLanes.Count)
        {
            TLanes.Store(sums, SiluTimes(TLanes.Load(sums), TLanes.Load(sums + TLanes.Count)));
        }
    }

    /// <summary>x ÷ (1 + e⁻ˣ) × up.</summary>
    private static TVec SiluTimes(TVec x, TVec up)
    {
        TVec one = TLanes.Of(1);
        TVec power = Exponential<TLanes, TVec>.Of(TLanes.Multiply(x, TLanes.Of(-1)));
        return TLanes.Multiply(TLanes.Divide(x, TLanes.Add(one, power)), up);
    }

    private static void AddTo(float* sums, float* values, int count)
    {
        int i = 0;
        for (; i + TLanes.Count <= count; i += TLanes.Count)
        {
            TLanes.Store(sums + i, TLanes.Add(TLanes.Load(sums + i), TLanes.Load(values + i)));
        }
        for (; i < count; i++)
        {
            sums[i] += values[i];
        }
    }
}
