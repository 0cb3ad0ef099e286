using System.Runtime.Intrinsics;
using Cortex.Runtime.Cpu.Kernels;
using Cortex.Runtime.Cpu.Threads;
using Cortex.Runtime.Memory;

namespace Cortex.Runtime.Cpu.Products;

/// <summary>
/// Products of activations and weights, y = x · Wᵀ in 32-bit floats. Each number of y is one chain of fused multiplications and additions over the
/// columns in order, starting from zero, and bias and old value are added to its end: the same bits for any width of vectors, any number of threads,
/// and any rows beside it in the batch. For one caller at a time.
/// </summary>
public sealed unsafe class MatMul(WorkCrew crew) : IDisposable
{
    // Fewer are interleaved in less time than it takes to share the work.
    private const int FewNumbers = 1 << 16;

    private readonly Product[] products =
    [
        new PanelProduct<Lanes128, F32Lines<Lanes128, Vector128<float>>, Vector128<float>>(),
        new PanelProduct<Lanes128, Bf16Lines<Lanes128, Vector128<float>>, Vector128<float>>(),
        new PanelProduct<Lanes256, F32Lines<Lanes256, Vector256<float>>, Vector256<float>>(),
        new PanelProduct<Lanes256, Bf16Lines<Lanes256, Vector256<float>>, Vector256<float>>(),
        new PanelProduct<Lanes512, F32Lines<Lanes512, Vector512<float>>, Vector512<float>>(),
        new PanelProduct<Lanes512, Bf16Lines<Lanes512, Vector512<float>>, Vector512<float>>(),
    ];

    private readonly RowPacking packing = new();
    private AlignedBuffer packed = new(0);

    /// <summary>y = x · Wᵀ, then + bias, then + y as it was; for gated weights silu(x · gateᵀ) × (x · upᵀ).</summary>
    /// <param name="weights">W.</param>
    /// <param name="x">[rows, columns of W], without gaps.</param>
    /// <param name="rows">Rows of the batch, at least 0.</param>
    /// <param name="y">[rows, outputs of W], without gaps; must not overlap x.</param>
    /// <param name="bias">[outputs of W]; null: none.</param>
    /// <param name="accumulate">Whether the product is added to what stands in y (the residual stream); else y may hold anything.</param>
    public void Multiply(PackedMatrix weights, float* x, int rows, float* y, float* bias = null, bool accumulate = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        if (rows == 0)
        {
            return;
        }
        Product product = products[(2 * (int)weights.Tier) + (weights.IsBf16 ? 1 : 0)];
        RowBlocks blocks = new(rows, product.MaxRows);
        product.Matrix = weights;
        product.Blocks = blocks;
        product.X = rows == 1 ? x : Interleave(x, weights.Columns, blocks);
        product.Y = y;
        product.Bias = bias;
        product.Accumulate = accumulate;
        crew.Run(product.Tiles, product);
    }

    /// <summary>Gives the memory for interleaved rows back.</summary>
    public void Dispose() => packed.Dispose();

    private float* Interleave(float* x, int columns, RowBlocks blocks)
    {
        long bytes = blocks.PaddedRows * columns * sizeof(float);
        if (packed.Bytes < bytes)
        {
            packed.Dispose();
            packed = new(bytes);
        }
        packing.From = x;
        packing.To = (float*)packed.Address;
        packing.Columns = columns;
        packing.Blocks = blocks;
        if ((long)blocks.Rows * columns < FewNumbers)
        {
            packing.RunAll();
        }
        else
        {
            crew.Run(packing.Tiles, packing);
        }
        return packing.To;
    }
}
