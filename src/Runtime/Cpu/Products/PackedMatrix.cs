using Cortex.Runtime.Cpu.Threads;
using Cortex.Runtime.Memory;
using Cortex.Runtime.Models;

namespace Cortex.Runtime.Cpu.Products;

/// <summary>
/// Weights laid out for <see cref="MatMul"/>: panels of two vectors' worth of outputs, in each a line for every column. bf16 stays bf16, two numbers
/// a word, so that a shift and a mask widen it; 16-bit and 32-bit floats are held as 32-bit floats, which is exact. A copy: the source may go.
/// </summary>
public sealed unsafe class PackedMatrix : IDisposable
{
    private readonly AlignedBuffer buffer;

    private PackedMatrix(int rows, int columns, bool bf16, bool gated, SimdTier tier)
    {
        Rows = rows;
        Columns = columns;
        IsBf16 = bf16;
        IsGated = gated;
        Tier = tier;
        int outputs = gated ? Width : 2 * Width;
        Panels = (rows + outputs - 1) / outputs;
        buffer = new(Panels * PanelBytes);
    }

    /// <summary>Outputs: numbers in a row of the product.</summary>
    public int Rows { get; }

    /// <summary>Inputs.</summary>
    public int Columns { get; }

    /// <summary>Whether the weights are held as bf16; else as 32-bit floats.</summary>
    public bool IsBf16 { get; }

    /// <summary>Whether it was made by <see cref="PackGated"/>: its product is silu(gate) × up.</summary>
    public bool IsGated { get; }

    /// <summary>Vectors that the layout is made for.</summary>
    public SimdTier Tier { get; }

    /// <summary>Memory held, rows that fill up the last panel included.</summary>
    public long Bytes => buffer.Bytes;

    internal int Panels { get; }

    /// <summary>Floats in a vector.</summary>
    internal int Width => 4 << (int)Tier;

    internal long PanelBytes => (long)Columns * Width * (IsBf16 ? sizeof(uint) : 2 * sizeof(float));

    internal byte* Data => buffer.Address;

    /// <summary>One matrix, or several with equal columns, one below the other: their products come out side by side (query, key and value).</summary>
    /// <param name="crew">Shares the copying.</param>
    /// <param name="sources">From top to bottom; all bf16, or all of the other types.</param>
    /// <exception cref="ArgumentException">Columns differ, or bf16 is mixed with another type.</exception>
    public static PackedMatrix Pack(WorkCrew crew, params ReadOnlySpan<WeightMatrix> sources) => Pack(crew, SimdTiers.Best, sources);

    /// <summary>As <see cref="Pack(WorkCrew, ReadOnlySpan{WeightMatrix})"/>, for vectors of a given width.</summary>
    public static PackedMatrix Pack(WorkCrew crew, SimdTier tier, params ReadOnlySpan<WeightMatrix> sources) =>
        Pack(crew, tier, gated: false, sources);

    /// <summary>The two matrices of a gated feed-forward block, of equal size, whose product is silu(x · gateᵀ) × (x · upᵀ).</summary>
    /// <exception cref="ArgumentException">Their sizes differ, or bf16 is mixed with another type.</exception>
    public static PackedMatrix PackGated(WorkCrew crew, WeightMatrix gate, WeightMatrix up) => PackGated(crew, SimdTiers.Best, gate, up);

    /// <summary>As <see cref="PackGated(WorkCrew, WeightMatrix, WeightMatrix)"/>, for vectors of a given width.</summary>
    public static PackedMatrix PackGated(WorkCrew crew, SimdTier tier, WeightMatrix gate, WeightMatrix up) =>
        gate.Rows == up.Rows ? Pack(crew, tier, gated: true, gate, up) : throw new ArgumentException($"gate has {gate.Rows} rows, up has {up.Rows}", nameof(up));

    /// <summary>Gives the memory back; no product may be running or follow.</summary>
    public void Dispose() => buffer.Dispose();

    private static PackedMatrix Pack(WorkCrew crew, SimdTier tier, bool gated, params ReadOnlySpan<WeightMatrix> sources)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sources.Length, nameof(sources));
        bool bf16 = sources[0].Type == WeightType.Bf16;
        int rows = 0;
        foreach (WeightMatrix source in sources)
        {
            if (source.Columns != sources[0].Columns || (source.Type == WeightType.Bf16) != bf16)
            {
                throw new ArgumentException(
                    $"{source.Columns} columns of {source.Type} beside {sources[0].Columns} columns of {sources[0].Type}; allowed: equal columns, all bf16 or none", nameof(sources));
            }
            rows += source.Rows;
        }
        PackedMatrix packed = new(gated ? rows / 2 : rows, sources[0].Columns, bf16, gated, tier);
        crew.Run(packed.Panels, new PanelPacking(packed, sources.ToArray()));
        return packed;
    }
}
