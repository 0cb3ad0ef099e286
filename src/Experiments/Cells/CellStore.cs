using System.Text.Json;
using Cortex.Experiments.Results;

namespace Cortex.Experiments.Cells;

/// <summary>Finished cells on disk, one file each, named by content address. A file there is always whole.</summary>
public sealed class CellStore(string folder)
{
    /// <summary>Makes the folder, and tries whether files can be written there, before time is spent on what could not be kept.</summary>
    /// <exception cref="Config.InputException">They cannot.</exception>
    public void Open()
    {
        string probe = Path.Combine(folder, "writable");
        WholeFile.Write(probe, "");
        File.Delete(probe);
    }

    public bool Has(string key) => File.Exists(PathOf(key));

    /// <summary>Null if the cell was never finished by this program with these settings.</summary>
    public CellResult? TryRead(string key)
    {
        if (!Has(key))
        {
            return null;
        }
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(PathOf(key)));
        var counts = new OrderedDictionary<string, long>();
        foreach (JsonProperty count in document.RootElement.GetProperty("counts").EnumerateObject())
        {
            counts.Add(count.Name, count.Value.GetInt64());
        }
        var metrics = new OrderedDictionary<string, double?>();
        foreach (JsonProperty metric in document.RootElement.GetProperty("metrics").EnumerateObject())
        {
            metrics.Add(metric.Name, metric.Value.ValueKind == JsonValueKind.Null ? null : metric.Value.GetDouble());
        }
        return new CellResult(counts, metrics, document.RootElement.GetProperty("fingerprint").GetString()!);
    }

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
            if (metric is { } value)
            {
                json.WriteNumber(name, value);
            }
            else
            {
                json.WriteNull(name);
            }
        }
        json.WriteEndObject();
        json.WritePropertyName("settings");
        CellJson.WriteSettings(json, planned.Cell);
        json.WriteEndObject();
    }
}
