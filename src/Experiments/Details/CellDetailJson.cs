using System.Text.Json;

namespace Cortex.Experiments.Details;

/// <summary>A cell's details as JSON, numbers in arrays: half of a finished cell's file.</summary>
internal static class CellDetailJson
{
    public static void Write(Utf8JsonWriter json, CellDetail detail)
    {
        json.WriteStartObject();
        json.WriteStartObject("tails");
        foreach ((string family, TailCurve tail) in detail.Tails)
        {
            json.WriteStartObject(family);
            json.WriteNumber("samples", tail.Samples);
            Write(json, "seconds", tail.Seconds);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartArray("blame");
        foreach (BlameGroup group in detail.Blame)
        {
            json.WriteStartObject();
            json.WriteNumber("workflows", group.Workflows);
            Write(json, "seconds", group.Seconds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("kv_interval", detail.Kv.Interval);
        json.WriteStartArray("kv");
        foreach (PoolKv pool in detail.Kv.Pools)
        {
            json.WriteStartObject();
            json.WriteString("pool", pool.Name);
            Write(json, "used", pool.Used);
            Write(json, "cached", pool.Cached);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static CellDetail Read(JsonElement json)
    {
        var tails = new OrderedDictionary<string, TailCurve>();
        foreach (JsonProperty tail in json.GetProperty("tails").EnumerateObject())
        {
            tails.Add(tail.Name, new(tail.Value.GetProperty("samples").GetInt32(), Numbers(tail.Value, "seconds")));
        }
        return new(
            tails,
            [.. json.GetProperty("blame").EnumerateArray().Select(group => new BlameGroup(group.GetProperty("workflows").GetInt32(), Numbers(group, "seconds")))],
            new(
                json.GetProperty("kv_interval").GetDouble(),
                [.. json.GetProperty("kv").EnumerateArray().Select(pool => new PoolKv(pool.GetProperty("pool").GetString()!, Numbers(pool, "used"), Numbers(pool, "cached")))]));
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<double> numbers)
    {
        // Nine significant digits, as in all files, and on one line however the rest is laid out.
        json.WritePropertyName(name);
        json.WriteRawValue($"[{string.Join(',', numbers.Select(number => Results.CsvText.Number(number)))}]");
    }

    private static double[] Numbers(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}
