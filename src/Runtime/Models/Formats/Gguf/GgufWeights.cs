namespace Cortex.Runtime.Models;

/// <summary>
/// The tensors of a GGUF file. Matrices become bf16; those stored so are mapped. In the llama architecture the rows of queries and keys, which GGUF turns
/// as neighbours, go back to where Hugging Face has them.
/// </summary>
/// <param name="file">Disposed of with the weights.</param>
/// <param name="shape">What <see cref="GgufShape"/> read.</param>
internal sealed class GgufWeights(GgufFile file, ModelShape shape) : IWeightSource
{
    private readonly WeightMemory _memory = new(file.Path);
    private readonly HashSet<string> _used = [GgufNames.RopeDivisors];
    private readonly List<(StoredTensor Tensor, WeightMatrix Matrix, bool Turned)> _asked = [];
    private bool _mapped;

    public WeightMatrix Matrix(string name, int rows, int columns)
    {
        StoredTensor tensor = Take(name);
        tensor.Expect(rows, columns);
        bool turned = shape.Family == "llama" && (name.Contains(".q_proj.") || name.Contains(".k_proj."));
        if (tensor.Type == "BF16" && !turned)
        {
            _mapped = true;
            return new(rows, columns, WeightType.Bf16, tensor.Data);
        }
        WeightMatrix matrix = _memory.Take(rows, columns);
        _asked.Add((tensor, matrix, turned));
        return matrix;
    }

    public float[] Vector(string name, int length)
    {
        StoredTensor tensor = Take(name);
        tensor.Expect(length);
        float[] vector = new float[length];
        Dequantising.ToSingle(tensor.Type, tensor.Data, vector);
        return vector;
    }

    public void Complete()
    {
        if (file.Tensors.Keys.Where(name => !_used.Contains(name)).Order(StringComparer.Ordinal).FirstOrDefault() is { } spare)
        {
            throw new ModelException($"{file.Path}: tensor {Shown.Quoted(spare)} has no place in a model of architecture {shape.Family}");
        }
        foreach ((StoredTensor tensor, WeightMatrix matrix, bool turned) in _asked)
        {
            int stored = (int)(tensor.Bytes / matrix.Rows);
            _ = Parallel.For(0, matrix.Rows, () => new float[matrix.Columns], (row, _, numbers) =>
            {
                Dequantising.ToSingle(tensor.Type, tensor.Data + (nint)(turned ? StoredRow(row) : row) * stored, numbers);
                Rounding.ToBf16(numbers, matrix.Data + (nint)row * 2 * matrix.Columns);
                return numbers;
            }, _ => { });
        }
        if (!_mapped)
        {
            file.Dispose();
        }
    }

    public void Dispose()
    {
        _memory.Dispose();
        file.Dispose();
    }

    /// <summary>Number i of the first half of a head stands at 2i, of the second half at 2i + 1.</summary>
    private int StoredRow(int row)
    {
        (int head, int i) = int.DivRem(row, shape.HeadDim);
        int half = shape.HeadDim / 2;
        return head * shape.HeadDim + (i < half ? 2 * i : 2 * (i - half) + 1);
    }

    private StoredTensor Take(string name)
    {
        string stored = GgufNames.Of(name);
        _ = _used.Add(stored);
        return file.Tensors.GetValueOrDefault(stored) ?? throw new ModelException($"{file.Path}: tensor {Shown.Quoted(stored)} is missing");
    }
}
