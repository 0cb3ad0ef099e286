namespace Cortex.Runtime.Models;

/// <summary>How a weight is stored.</summary>
public enum WeightType : byte
{
    /// <summary>32-bit floats.</summary>
    F32,

    /// <summary>16-bit floats of IEEE 754.</summary>
    F16,

    /// <summary>bfloat16: the upper halves of 32-bit floats.</summary>
    Bf16,
}

/// <summary>
/// A matrix of weights, row after row without gaps, little-endian, in memory that its <see cref="ModelWeights"/> owns: mapped from a file, or made.
/// A projection has a row for each output and a column for each input; the embedding has a row for each token.
/// </summary>
/// <param name="rows">Rows, at least 1.</param>
/// <param name="columns">Columns, at least 1.</param>
/// <param name="type">How each number is stored.</param>
/// <param name="data">Address of the first number; need not be aligned.</param>
public sealed class WeightMatrix(int rows, int columns, WeightType type, nint data)
{
    /// <summary>Rows, at least 1.</summary>
    public int Rows => rows;

    /// <summary>Columns, at least 1.</summary>
    public int Columns => columns;

    /// <summary>How each number is stored.</summary>
    public WeightType Type => type;

    /// <summary>Address of the first number. Valid until the weights are disposed of.</summary>
    public nint Data => data;

    /// <summary>Bytes of all rows.</summary>
    public long Bytes => (long)rows * columns * (type == WeightType.F32 ? 4 : 2);
}
