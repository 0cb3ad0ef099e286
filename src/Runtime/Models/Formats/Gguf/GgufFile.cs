namespace Cortex.Runtime.Models;

/// <summary>A GGUF file of version 2 or 3, mapped: keys with values, then tensors, little-endian.</summary>
internal sealed class GgufFile : IDisposable
{
    private const uint Magic = 0x46554747;
    private const int MostDimensions = 4;

    private readonly MappedFile _file;
    private readonly Dictionary<string, object> _values = [];
    private readonly Dictionary<string, StoredTensor> _tensors = [];

    /// <exception cref="ModelException">The file cannot be read, is corrupt, or holds types that are not supported.</exception>
    public GgufFile(string path)
    {
        _file = new(path);
        try
        {
            Keys = new(path, _values);
            ReadHead(new(_file));
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public string Path => _file.Path;

    public GgufKeys Keys { get; }

    /// <summary>By name.</summary>
    public IReadOnlyDictionary<string, StoredTensor> Tensors => _tensors;

    /// <summary>Unmaps the file and forgets its vocabulary; a second time does nothing.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _values.Clear();
        _tensors.Clear();
    }

    private void ReadHead(GgufCursor cursor)
    {
        if (cursor.Read<uint>() != Magic)
        {
            throw cursor.Fault("it does not begin with GGUF");
        }
        uint version = cursor.Read<uint>();
        if (version is not (2 or 3))
        {
            throw cursor.Fault((version & 0xffff) == 0 ? "big-endian numbers" : $"version {version}; supported are 2 and 3");
        }
        int tensors = cursor.Count("tensors", 24);
        int keys = cursor.Count("keys", 13);
        for (int i = 0; i < keys; i++)
        {
            string key = cursor.Text();
            if (!_values.TryAdd(key, cursor.Value()))
            {
                throw cursor.Fault($"key {Shown.Quoted(key)} stands there twice");
            }
        }
        int alignment = Keys.OptionalInt("general.alignment", 8, 1 << 16) ?? 32;
        Func<long, StoredTensor>[] unplaced = [.. Enumerable.Range(0, tensors).Select(_ => Tensor(cursor, alignment))];
        long start = (cursor.At + alignment - 1) / alignment * alignment;
        foreach (StoredTensor tensor in unplaced.Select(place => place(start)))
        {
            if (!_tensors.TryAdd(tensor.Name, tensor))
            {
                throw cursor.Fault($"tensor {Shown.Quoted(tensor.Name)} stands there twice");
            }
        }
        StoredTensor.RefuseOverlaps(Path, _tensors.Values);
    }

    /// <summary>What the head says of a tensor. Where its data are is known once the head has ended.</summary>
    private Func<long, StoredTensor> Tensor(GgufCursor cursor, int alignment)
    {
        string name = cursor.Text();
        string place = $"{Path}: tensor {Shown.Quoted(name)}";
        uint dimensions = cursor.Read<uint>();
        if (dimensions is 0 or > MostDimensions)
        {
            throw new ModelException($"{place}: must have from 1 to {MostDimensions} dimensions, has {dimensions}");
        }
        ulong[] sizes = [.. Enumerable.Range(0, (int)dimensions).Select(_ => cursor.Read<ulong>())];
        string type = GgufTypes.TensorName(cursor.Read<uint>());
        ulong offset = cursor.Read<ulong>();
        (int numbers, int bytes) = GgufTypes.Block(type)
            ?? throw new ModelException($"{place} is {type}; supported are F32, F16, BF16, Q8_0, Q4_0, Q4_1");
        UInt128 length = (UInt128)bytes;
        foreach (ulong size in sizes.Select((size, i) => i == 0 ? size / (ulong)numbers : size))
        {
            length = size > long.MaxValue ? ulong.MaxValue : UInt128.Min(length * size, ulong.MaxValue);
        }
        if (sizes[0] % (ulong)numbers != 0 || offset % (ulong)alignment != 0)
        {
            throw new ModelException($"{place}: rows of {sizes[0]} numbers at byte {offset}; {type} asks for multiples of {numbers} numbers, the file for multiples of {alignment} bytes");
        }
        return start => (UInt128)offset + length <= (UInt128)Math.Max(0, _file.Length - start)
            ? new(Path, name, type, [.. sizes.Reverse().Select(size => (long)size)], (long)offset, (long)length, _file.At(start + (long)offset))
            : throw new ModelException($"{place}: {length} bytes at {offset} are not within the {Math.Max(0, _file.Length - start)} bytes of data that the file has; it may be cut short");
    }
}
