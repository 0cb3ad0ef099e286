using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Cortex.Runtime.Models;

/// <summary>Reads the head of a GGUF file from front to back; what would lie behind the file's end, or make the head longer than any real one, is refused.</summary>
internal sealed class GgufCursor(MappedFile file)
{
    /// <summary>Heads hold vocabularies: ten megabytes, not hundreds.</summary>
    private const long LongestHead = 256 << 20;

    /// <summary>Longest array, and longest text.</summary>
    private const int Longest = ShapeLimits.Vocabulary;

    private readonly long _end = Math.Min(file.Length, LongestHead);

    /// <summary>Bytes read.</summary>
    public long At { get; private set; }

    public T Read<T>()
        where T : unmanaged => MemoryMarshal.Read<T>(Take(Unsafe.SizeOf<T>()));

    /// <summary>A number of things to come, each of which takes some bytes at least.</summary>
    public int Count(string what, int bytesEach)
    {
        ulong count = Read<ulong>();
        return count <= Longest && (long)count * bytesEach <= _end - At ? (int)count : throw Fault($"{count} {what} do not fit into the file");
    }

    public string Text() => Encoding.UTF8.GetString(Take(Count("bytes of text", 1)));

    /// <summary>
    /// A value: <see cref="Int128"/> for whole numbers, <see cref="double"/>, <see cref="bool"/>, <see cref="string"/>, or an array of one of these.
    /// A 32-bit number is read as the shortest decimal that it stands for: 1e-5 means 1e-5.
    /// </summary>
    public object Value() => Read<uint>() is { } type && type == GgufTypes.Array ? ArrayValue() : Scalar(type);

    public ModelException Fault(string what) => new($"{file.Path}: not a GGUF file that can be read: {what} (at byte {At})");

    private object ArrayValue()
    {
        uint type = Read<uint>();
        return type switch
        {
            GgufTypes.Text => Items("texts", 8, Text),
            GgufTypes.Bool => Items("items", 1, () => (bool)Scalar(type)),
            GgufTypes.Float32 => Items("items", 4, () => (double)Read<float>()),
            GgufTypes.Float64 => Items("items", 8, Read<double>),
            _ => Items("items", 1, () => Scalar(type) is Int128 number ? (long)Int128.Min(number, long.MaxValue) : throw Fault($"array of type {type}")),
        };
    }

    private T[] Items<T>(string what, int bytesEach, Func<T> next)
    {
        T[] items = new T[Count(what, bytesEach)];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = next();
        }
        return items;
    }

    private object Scalar(uint type) => type switch
    {
        0 => (Int128)Read<byte>(),
        1 => (Int128)Read<sbyte>(),
        2 => (Int128)Read<ushort>(),
        3 => (Int128)Read<short>(),
        4 => (Int128)Read<uint>(),
        5 => (Int128)Read<int>(),
        GgufTypes.Float32 => double.Parse(Read<float>().ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        GgufTypes.Bool => Read<byte>() != 0,
        GgufTypes.Text => Text(),
        10 => (Int128)Read<ulong>(),
        11 => (Int128)Read<long>(),
        GgufTypes.Float64 => Read<double>(),
        _ => throw Fault($"value of type {type}"),
    };

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if (bytes > _end - At)
        {
            throw Fault(_end == file.Length ? "it ends within its head" : $"its head is longer than {LongestHead} bytes");
        }
        ReadOnlySpan<byte> span = file.Span(At, bytes);
        At += bytes;
        return span;
    }
}
