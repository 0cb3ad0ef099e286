using System.Text;

namespace Cortex.Models.Tests;

/// <summary>Writes GGUF files of version 2 or 3, right or wrong.</summary>
internal sealed class GgufBytes
{
    private const int Alignment = 32;

    private readonly List<byte[]> _keys = [];
    private readonly List<(string Name, ulong[] Sizes, uint Type, byte[] Data)> _tensors = [];

    public uint Version { get; set; } = 3;

    /// <summary>Added to the first tensor's offset.</summary>
    public ulong Shift { get; set; }

    public GgufBytes Key(string name, uint value) => Raw(name, 4, BitConverter.GetBytes(value));

    public GgufBytes Key(string name, float value) => Raw(name, 6, BitConverter.GetBytes(value));

    public GgufBytes Key(string name, string value) => Raw(name, 8, Text(value));

    public GgufBytes Key(string name, string[] values) =>
        Raw(name, 9, [.. BitConverter.GetBytes(8u), .. BitConverter.GetBytes((ulong)values.Length), .. values.SelectMany(Text)]);

    public GgufBytes Raw(string name, uint type, byte[] value)
    {
        _keys.Add([.. Text(name), .. BitConverter.GetBytes(type), .. value]);
        return this;
    }

    /// <param name="name">As GGUF names it.</param>
    /// <param name="shape">Outermost first; the file has it the other way round.</param>
    /// <param name="type">GGUF's number.</param>
    /// <param name="data">Its bytes.</param>
    public GgufBytes Tensor(string name, long[] shape, uint type, byte[] data)
    {
        _tensors.Add((name, [.. shape.Reverse().Select(size => (ulong)size)], type, data));
        return this;
    }

    public byte[] ToArray()
    {
        MemoryStream file = new();
        file.Write([.. "GGUF"u8, .. BitConverter.GetBytes(Version), .. BitConverter.GetBytes((ulong)_tensors.Count), .. BitConverter.GetBytes((ulong)_keys.Count)]);
        _keys.ForEach(key => file.Write(key));
        ulong offset = Shift;
        foreach ((string name, ulong[] sizes, uint type, byte[] data) in _tensors)
        {
            file.Write([.. Text(name), .. BitConverter.GetBytes(sizes.Length), .. sizes.SelectMany(BitConverter.GetBytes), .. BitConverter.GetBytes(type)]);
            file.Write(BitConverter.GetBytes(offset));
            offset += (ulong)Padded(data.Length) - (offset == Shift ? Shift : 0);
        }
        file.Write(new byte[Padded(file.Length) - file.Length]);
        foreach ((_, _, _, byte[] data) in _tensors)
        {
            file.Write(data);
            file.Write(new byte[Padded(data.Length) - data.Length]);
        }
        return file.ToArray();
    }

    private static long Padded(long length) => (length + Alignment - 1) / Alignment * Alignment;

    private static byte[] Text(string text) => [.. BitConverter.GetBytes((ulong)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];
}
