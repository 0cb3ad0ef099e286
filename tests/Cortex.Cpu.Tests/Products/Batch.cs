using Cortex.Runtime.Cpu.Products;
using Cortex.Runtime.Cpu.Threads;

namespace Cortex.Cpu.Tests.Products;

/// <summary>Random activations, and their products as float arrays.</summary>
internal sealed unsafe class Batch : IDisposable
{
    private readonly Native<float> x;

    public Batch(Random random, int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
        x = new(rows * columns);
        foreach (ref float value in x.Span)
        {
            value = random.NextSingle() - 0.5f;
        }
    }

    public int Rows { get; }

    public int Columns { get; }

    public ReadOnlySpan<float> Row(int row) => x.Span.Slice(row * Columns, Columns);

    /// <summary>The product of some rows, into memory that held <paramref name="before"/>.</summary>
    public float[] Times(PackedMatrix weights, WorkCrew crew, int first = 0, int count = -1, float[]? bias = null, float before = float.NaN)
    {
        count = count < 0 ? Rows : count;
        using MatMul product = new(crew);
        using Native<float> y = new((count * weights.Rows) + 1);
        y.Span.Fill(before);
        y.Span[^1] = 12345;
        fixed (float* added = bias)
        {
            product.Multiply(weights, x.Data + (first * Columns), count, y.Data, added, accumulate: !float.IsNaN(before));
        }
        if (y.Span[^1] != 12345)
        {
            throw new InvalidOperationException("the product wrote beyond its end");
        }
        return y.Span[..^1].ToArray();
    }

    public void Dispose() => x.Dispose();
}
