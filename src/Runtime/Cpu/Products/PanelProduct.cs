using System.Runtime.CompilerServices;

namespace Cortex.Runtime.Cpu.Products;

/// <summary>A product with vectors of one width and weights of one kind.</summary>
internal sealed unsafe class PanelProduct<S, W, V> : Product
    where S : struct, ISimd<V>
    where W : struct, IWeightLines<V>
    where V : unmanaged
{
    public override int MaxRows => S.MaxRows;

    protected override void Multiply(int block, int panel, int panels)
    {
        float* sums = stackalloc float[2 * S.Width * Math.Max(S.MaxRows, PanelsPerTile)];
        int columns = Matrix.Columns;
        int height = Blocks.Height(block);
        float* x = X + ((long)Blocks.Start(block) * columns);
        byte* line = Matrix.Data + (panel * Matrix.PanelBytes);
        if (height == 1 && panels == PanelsPerTile)
        {
            PanelKernel<S, W, V>.FourPanels(line, x, columns, sums);
            for (int i = 0; i < panels; i++)
            {
                Finish(sums + (2 * i * S.Width), Blocks.Start(block), panel + i);
            }
            return;
        }
        for (int i = 0; i < panels; i++, line += Matrix.PanelBytes)
        {
            PanelKernel<S, W, V>.Multiply(height, line, x, columns, sums);
            for (int row = 0; row < Blocks.RowsIn(block); row++)
            {
                Finish(sums + (2 * row * S.Width), Blocks.Start(block) + row, panel + i);
            }
        }
    }

    /// <summary>From the sums of one row and one panel to what stands in the result.</summary>
    private void Finish(float* sums, int row, int panel)
    {
        int outputs = Matrix.IsGated ? S.Width : 2 * S.Width;
        int first = panel * outputs;
        int inside = Math.Min(outputs, Matrix.Rows - first);
        float* y = Y + ((long)row * Matrix.Rows) + first;
        if (Matrix.IsGated)
        {
            S.Store(S.SiluTimes(S.Load(sums), S.Load(sums + S.Width)), sums);
        }
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

    private static void AddTo(float* sums, float* values, int count)
    {
        int i = 0;
        for (; i + S.Width <= count; i += S.Width)
        {
            S.Store(S.Add(S.Load(sums + i), S.Load(values + i)), sums + i);
        }
        for (; i < count; i++)
        {
            sums[i] += values[i];
        }
    }
}
