using System.Buffers.Binary;
using System.Text.Json;

namespace Cortex.Runtime.Models;

/// <summary>
/// A safetensors file, mapped: eight bytes with the length of a JSON header, the header, the tensors. The rules are those of the format's own reader:
/// a header of at most 100 MB, tensors without overlaps or gaps.
/// </summary>
internal sealed class SafetensorsFile : IDisposable
{
    private const long LongestHeader = 100_000_000;

    /// <summary>Bits of a number of each type that the format names.</summary>
    private static readonly Dictionary<string, int> Bits = new()
    {
        ["F64"] = 64, ["I64"] = 64, ["U64"] = 64, ["C64"] = 64, ["F32"] = 32, ["I32"] = 32, ["U32"] = 32, ["F16"] = 16, ["BF16"] = 16, ["I16"] = 16, ["U16"] = 16,
        ["F8_E4M3"] = 8, ["F8_E5M2"] = 8, ["F8_E8M0"] = 8, ["I8"] = 8, ["U8"] = 8, ["BOOL"] = 8, ["F6_E2M3"] = 6, ["F6_E3M2"] = 6, ["F4"] = 4,
    };

    private readonly MappedFile _file;
    private readonly Dictionary<string, StoredTensor> _tensors = [];

    /// <exception cref="ModelException">The file cannot be read or is corrupt.</exception>
    public SafetensorsFile(string path)
    {
        _file = new(path);
        try
        {
            ReadHeader(path);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>By name.</summary>
    public IReadOnlyDictionary<string, StoredTensor> Tensors => _tensors;

    public void Dispose() => _file.Dispose();

    private void ReadHeader(string path)
    {
        if (_file.Length < 8)
        {
            throw new ModelException($"{path}: not a safetensors file: {_file.Length} bytes");
        }
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(_file.Span(0, 8));
        if (length is < 2 or > LongestHeader || (long)length > _file.Length - 8)
        {
            throw new ModelException($"{path}: the header must have from 2 to {Math.Min(LongestHeader, _file.Length - 8)} bytes, is said to have {length}");
        }
        long start = 8 + (long)length;
        JsonElement header = JsonText.Parse($"{path}: header", _file.Span(8, (int)length).ToArray());
        foreach (JsonProperty entry in header.EnumerateObject())
        {
            if (entry.Name != "__metadata__")
            {
                _tensors.Add(entry.Name, Tensor(path, entry, start));
            }
        }
        RefuseGaps(path, start);
    }

    private StoredTensor Tensor(string path, JsonProperty entry, long start)
    {
        string place = $"{path}: tensor {Shown.Quoted(entry.Name)}";
        JsonSettings settings = entry.Value.ValueKind == JsonValueKind.Object
            ? new(place, entry.Value)
            : throw new ModelException($"{place}: must be an object");
        string type = settings.OptionalText("dtype") ?? throw settings.Missing("dtype");
        if (!Bits.TryGetValue(type, out int bits))
        {
            throw new ModelException($"{place}: unknown type {Shown.Quoted(type)}");
        }
        long[] shape = Longs(settings, "shape");
        long[] offsets = Longs(settings, "data_offsets");
        long room = _file.Length - start;
        if (offsets.Length != 2 || offsets[0] > offsets[1] || offsets[1] > room)
        {
            throw new ModelException($"{place}: bytes [{string.Join(", ", offsets)}] are not within the {room} bytes of data that the file has; it may be cut short");
        }
        Int128 count = 1;
        foreach (long size in shape)
        {
            count = Int128.Min(count * size, long.MaxValue);
        }
        return (count * bits + 7) / 8 == offsets[1] - offsets[0]
            ? new(path, entry.Name, type, shape, offsets[0], offsets[1] - offsets[0], _file.At(start + offsets[0]))
            : throw new ModelException($"{place}: {type} [{string.Join(", ", shape)}] does not take the {offsets[1] - offsets[0]} bytes given to it");
    }

    private static long[] Longs(JsonSettings settings, string key)
    {
        const string Allowed = "a list of at most 8 whole numbers, none negative";
        JsonElement list = settings.Value(key) ?? throw settings.Missing(key);
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > 8)
        {
            throw settings.Wrong(key, list, Allowed);
        }
        return
        [
            .. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out long number) && number >= 0
                ? number
                : throw settings.Wrong(key, list, Allowed)),
        ];
    }

    private void RefuseGaps(string path, long start)
    {
        StoredTensor.RefuseOverlaps(path, _tensors.Values);
        long used = _tensors.Values.Sum(tensor => tensor.Bytes);
        if (used != _file.Length - start)
        {
            throw new ModelException($"{path}: {_file.Length - start} bytes of data, of which tensors take {used}; a safetensors file has no gaps");
        }
    }
}
