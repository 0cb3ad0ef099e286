using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Cortex.Models.Tests;

/// <summary>Safetensors files, right or wrong.</summary>
internal static class SafetensorsBytes
{
    public static byte[] Of(params (string Name, string Type, long[] Shape, byte[] Bytes)[] tensors)
    {
        JsonObject header = new() { ["__metadata__"] = new JsonObject { ["format"] = "pt" } };
        long at = 0;
        foreach ((string name, string type, long[] shape, byte[] bytes) in tensors)
        {
            header[name] = Entry(type, shape, at, at + bytes.Length);
            at += bytes.Length;
        }
        return Of(header.ToJsonString(), [.. tensors.SelectMany(tensor => tensor.Bytes)]);
    }

    public static byte[] Of(string header, byte[] data, ulong? length = null)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, length ?? (ulong)text.Length);
        return [.. prefix, .. text, .. data];
    }

    public static JsonObject Entry(string type, long[] shape, long begin, long end) => new()
    {
        ["dtype"] = type,
        ["shape"] = new JsonArray([.. shape.Select(size => (JsonNode)size)]),
        ["data_offsets"] = new JsonArray(begin, end),
    };
}
