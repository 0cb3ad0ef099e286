using System.Text.Json;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;

namespace Cortex.Experiments.Results;

/// <summary>A row of a results folder.</summary>
/// <param name="Axes">Values by axis, in the order of the axes.</param>
/// <param name="Settings">Every setting but the seed, by dotted path.</param>
/// <param name="Stamp">How far its times can be trusted.</param>
/// <param name="Cells">Results by seed; cells that failed or are not there are left out.</param>
internal sealed record FolderRow(
    string Policy, IReadOnlyList<KeyValuePair<string, string>> Axes, IReadOnlyDictionary<string, string> Settings, CostStamp Stamp,
    IReadOnlyDictionary<ulong, CellResult> Cells)
{
    /// <summary>Cells that the manifest names, with a result or without.</summary>
    public required int Asked { get; init; }
}

/// <summary>What a sweep or a run has left in a folder, row by row, for comparison with another.</summary>
/// <param name="Build">Hash of the program.</param>
/// <param name="Traces">SHA-256 of each trace, in ascending order.</param>
internal sealed record ComparedFolder(string Path, string Version, string Build, IReadOnlyList<string> Traces, IReadOnlyList<FolderRow> Rows)
{
    private const string Allowed = "a folder with manifest.json and cells/, as cortex sweep and cortex run leave it";

    /// <param name="path">The folder, or one that holds it and no other of its kind.</param>
    /// <exception cref="InputException">There is no such folder, or its files cannot be read.</exception>
    public static ComparedFolder Read(string path)
    {
        string folder = Find(path);
        string manifest = System.IO.Path.Combine(folder, "manifest.json");
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(manifest));
            JsonElement root = document.RootElement;
            CellStore store = ResultsFolder.Store(folder, root);
            FolderRow[] rows = [.. root.GetProperty("rows").EnumerateArray().Select(row => Row(row, store))];
            return rows.Any(row => row.Cells.Count > 0)
                ? new ComparedFolder(
                    path, root.GetProperty("version").GetString()!, root.GetProperty("build").GetString()!,
                    [.. root.GetProperty("traces").EnumerateArray().Select(trace => trace.GetProperty("sha256").GetString()!).Order(StringComparer.Ordinal)], rows)
                : throw new InputException($"{folder}: none of the cells that manifest.json names is there; allowed: {Allowed}");
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputException($"{manifest}: not as cortex writes it: {FileFault.Of(fault)}; allowed: {Allowed}");
        }
    }

    private static string Find(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new InputException($"'{path}': no such folder; allowed: {Allowed}");
        }
        if (IsOne(path))
        {
            return path;
        }
        string[] below = [.. Directory.GetDirectories(path).Where(IsOne).Order(StringComparer.Ordinal)];
        return below.Length switch
        {
            1 => below[0],
            0 => throw new InputException($"'{path}': no manifest.json in it; allowed: {Allowed}"),
            _ => throw new InputException($"'{path}': {below.Length} results in it; allowed: one of {string.Join(", ", below)}"),
        };
    }

    private static bool IsOne(string folder) => File.Exists(System.IO.Path.Combine(folder, "manifest.json"));

    private static FolderRow Row(JsonElement row, CellStore store)
    {
        var cells = new SortedDictionary<ulong, CellResult>();
        foreach (JsonElement cell in row.GetProperty("cells").EnumerateArray())
        {
            if (store.TryRead(cell.GetProperty("key").GetString()!) is { } result)
            {
                cells.TryAdd(cell.GetProperty("seed").GetUInt64(), result);
            }
        }
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Flatten(row.GetProperty("settings"), "", settings);
        return new FolderRow(
            row.GetProperty("policy").GetString()!,
            [.. row.GetProperty("axes").EnumerateObject().Select(axis => KeyValuePair.Create(axis.Name, axis.Value.GetString()!))],
            settings, CostStamp.Read(row), cells)
        {
            Asked = row.GetProperty("cells").GetArrayLength(),
        };
    }

    private static void Flatten(JsonElement element, string path, SortedDictionary<string, string> into)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    Flatten(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}", into);
                }
                break;
            case JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Flatten(item, $"{path}.{index++}", into);
                }
                break;
            default:
                into[path] = element.ToString();
                break;
        }
    }
}
