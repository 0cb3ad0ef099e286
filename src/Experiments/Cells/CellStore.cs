using System.Text.Json;
using Cortex.Experiments.Details;
using Cortex.Experiments.Results;

namespace Cortex.Experiments.Cells;

/// <summary>Finished cells on disk, one file each, named by content address. They are written whole; one that was damaged since counts as missing.</summary>
public sealed class CellStore(string folder)
{
    /// <summary>
    /// Makes the folder, tries whether files can be written there, before time is spent on what could not be kept, and clears away what killed runs
    /// left half-written.
    /// </summary>
    /// <exception cref="Config.InputException">They cannot.</exception>
    public void Open()
    {
        WholeFile.RemoveLeftovers(folder);
        WholeFile.RequireWritable(Path.Combine(folder, "cell"));
    }

    public bool Has(string key) => File.Exists(PathOf(key));

    /// <summary>Takes over finished cells of another results folder that are missing here. A damaged one is left where it is.</summary>
    /// <param name="keys">Of the cells that are wanted.</param>
    /// <returns>How many were taken.</returns>
    public int TakeFrom(CellStore other, IEnumerable<string> keys)
    {
        int taken = 0;
        foreach (string key in keys)
        {
            if (TryRead(key) is null && other.TryRead(key) is not null)
            {
                byte[] bytes = File.ReadAllBytes(other.PathOf(key));
                WholeFile.Write(PathOf(key), file => file.Write(bytes));
                taken++;
            }
        }
        return taken;
    }

    /// <summary>Null if the cell was never finished by this program with these settings.</summary>
    public CellResult? TryRead(string key)
    {
        if (!Has(key))
        {
            return null;
        }
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(PathOf(key)));
            // A copy under another cell's name is not that cell.
            return document.RootElement.GetProperty("key").ValueEquals(key) ? Read(document.RootElement) : null;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static CellResult Read(JsonElement cell)
    {
        var counts = new OrderedDictionary<string, long>();
        foreach (JsonProperty count in cell.GetProperty("counts").EnumerateObject())
        {
            counts.Add(count.Name, count.Value.GetInt64());
        }
        var metrics = new OrderedDictionary<string, double?>();
        foreach (JsonProperty metric in cell.GetProperty("metrics").EnumerateObject())
        {
            metrics.Add(metric.Name, Number(metric.Value));
        }
        var intervals = new OrderedDictionary<string, Bounds>();
        foreach (JsonProperty interval in cell.GetProperty("intervals").EnumerateObject())
        {
            intervals.Add(interval.Name, new Bounds(Number(interval.Value[0]), Number(interval.Value[1])));
        }
        return new CellResult(counts, metrics, intervals, cell.GetProperty("fingerprint").GetString()!)
        {
            Detail = CellDetailJson.Read(cell.GetProperty("detail")),
        };
    }

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();

    public void Write(PlannedCell planned, CellResult result)
    {
        WholeFile.Write(PathOf(planned.Key), file =>
        {
            using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
            Write(json, planned, result);
        });
    }

    private string PathOf(string key) => Path.Combine(folder, $"{key}.json");

    private static void Write(Utf8JsonWriter json, PlannedCell planned, CellResult result)
    {
        json.WriteStartObject();
        json.WriteString("key", planned.Key);
        json.WriteString("policy", planned.Cell.Policies.Name);
        json.WriteNumber("seed", planned.Cell.Seed);
        json.WriteString("fingerprint", result.Fingerprint);
        json.WriteStartObject("counts");
        foreach ((string name, long count) in result.Counts)
        {
            json.WriteNumber(name, count);
        }
        json.WriteEndObject();
        json.WriteStartObject("metrics");
        foreach ((string name, double? metric) in result.Metrics)
        {
            json.WritePropertyName(name);
            Write(json, metric);
        }
        json.WriteEndObject();
        json.WriteStartObject("intervals");
        foreach ((string name, Bounds interval) in result.Intervals)
        {
            json.WriteStartArray(name);
            Write(json, interval.Low);
            Write(json, interval.High);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WritePropertyName("detail");
        CellDetailJson.Write(json, result.Detail);
        json.WritePropertyName("settings");
        CellJson.WriteSettings(json, planned.Cell);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, double? number)
    {
        if (number is { } value)
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
