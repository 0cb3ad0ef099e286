using System.Text.Json;
using Cortex.Experiments.Config;
using Cortex.Experiments.Results;

namespace Cortex.Experiments.Explaining;

/// <summary>What <c>manifest.json</c> says of the cells of a results folder.</summary>
/// <param name="Path">As the user will read it in messages.</param>
/// <param name="Traces">Full paths of all traces that were played.</param>
/// <param name="Cells">Every cell, in the order of the file.</param>
internal sealed record StoredManifest(string Path, IReadOnlyList<string> Traces, IReadOnlyList<StoredManifest.Entry> Cells)
{
    /// <summary>A cell as it is written down.</summary>
    /// <param name="Axes">By dotted key, the values as written.</param>
    /// <param name="Repetition">From 1.</param>
    /// <param name="Settings">The JSON text of its settings.</param>
    /// <param name="Files">Paths of settings that are files, by dotted key.</param>
    public sealed record Entry(
        string Policy, IReadOnlyList<KeyValuePair<string, string>> Axes, int Repetition, ulong Seed, string Key, string? Fingerprint, string Settings,
        IReadOnlyList<KeyValuePair<string, string>> Files)
    {
        public string Name => string.Join(", ", [Policy, .. Axes.Select(axis => $"{axis.Key}={axis.Value}"), $"repetition {Repetition}"]);
    }

    /// <exception cref="InputException">There is none in the folder, or it is damaged.</exception>
    public static StoredManifest Read(string folder)
    {
        string path = System.IO.Path.Combine(folder, "manifest.json");
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            return new(
                path,
                [.. root.GetProperty("traces").EnumerateArray().Select(trace => trace.GetProperty("path").GetString()!)],
                [.. root.GetProperty("rows").EnumerateArray().SelectMany(Row)]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{folder}' holds no results: manifest.json: {FileFault.Of(fault)}; allowed: the folder of an experiment below results, with its manifest.json, or a file of cortex run --journal");
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputException($"{path}: damaged: {FileFault.Of(fault)}");
        }
    }

    private static IEnumerable<Entry> Row(JsonElement row)
    {
        KeyValuePair<string, string>[] axes = Pairs(row.GetProperty("axes")), files = row.TryGetProperty(Manifest.FilesKey, out JsonElement paths) ? Pairs(paths) : [];
        int repetition = 0;
        foreach (JsonElement cell in row.GetProperty("cells").EnumerateArray())
        {
            yield return new(
                row.GetProperty("policy").GetString()!,
                axes,
                ++repetition,
                cell.GetProperty("seed").GetUInt64(),
                cell.GetProperty("key").GetString()!,
                cell.TryGetProperty("fingerprint", out JsonElement fingerprint) ? fingerprint.GetString() : null,
                row.GetProperty("settings").GetRawText(),
                files);
        }
    }

    private static KeyValuePair<string, string>[] Pairs(JsonElement map) => [.. map.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.GetString()!))];
}
