using System.Text;
using System.Text.Json;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Experiments.Details;

namespace Cortex.Experiments.Results;

/// <summary>A folder that <c>sweep</c> or <c>run</c> wrote, as it lies on disk: the manifest says which cells belong to it.</summary>
/// <param name="Manifest">The root of <c>manifest.json</c>.</param>
/// <param name="ManifestText">The same as text.</param>
/// <param name="Details">For each row of the table, those of its finished repetitions.</param>
/// <param name="Missing">Cells without a result, a line each: which, and why.</param>
public sealed record ResultsFolder(
    string Path, JsonElement Manifest, string ManifestText, ResultTable Table, IReadOnlyList<IReadOnlyList<CellDetail>> Details, IReadOnlyList<string> Missing)
{
    private const string ManifestName = "manifest.json";

    /// <summary>Where the cells of the experiment lie.</summary>
    public static CellStore Store(string folder) => new(System.IO.Path.Combine(folder, "cells"));

    /// <param name="jobs">Cells read at a time.</param>
    /// <exception cref="InputException">There is no manifest, or it is none that this program reads.</exception>
    public static ResultsFolder Read(string folder, int jobs)
    {
        string path = System.IO.Path.Combine(folder, ManifestName);
        if (!File.Exists(path))
        {
            throw new InputException($"{folder}: holds no {ManifestName}; allowed: a folder that sweep or run wrote, such as results/quickstart");
        }
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            using JsonDocument document = JsonDocument.Parse(bytes);
            return Read(folder, jobs, document.RootElement.Clone(), Encoding.UTF8.GetString(bytes));
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputException($"{path}: is no manifest of this program: {fault.Message.ReplaceLineEndings(" ")}; allowed: one that sweep or run wrote");
        }
    }

    private static ResultsFolder Read(string folder, int jobs, JsonElement manifest, string text)
    {
        JsonElement[] rows = [.. manifest.GetProperty("rows").EnumerateArray()];
        JsonElement[] cells = [.. rows.SelectMany(row => row.GetProperty("cells").EnumerateArray())];
        CellResult?[] found = new CellResult?[cells.Length];
        CellStore store = Store(folder);
        SideBySide.For(jobs, cells.Length, index => found[index] = store.TryRead(cells[index].GetProperty("key").GetString()!));
        int next = 0;
        string[] axes = rows.Length > 0 ? [.. rows[0].GetProperty("axes").EnumerateObject().Select(axis => axis.Name)] : [];
        var results = new List<RowResults>();
        var missing = new List<string>();
        foreach (JsonElement row in rows)
        {
            string policy = row.GetProperty("policy").GetString()!;
            string[] values = [.. row.GetProperty("axes").EnumerateObject().Select(axis => axis.Value.GetString()!)];
            var repetitions = new List<CellResult?>();
            foreach (JsonElement cell in row.GetProperty("cells").EnumerateArray())
            {
                CellResult? result = found[next++];
                repetitions.Add(result);
                if (result is null)
                {
                    string reason = cell.TryGetProperty("failure", out JsonElement failure) ? $"failed: {failure.GetString()}" : "its file is not there, or damaged";
                    missing.Add($"{policy}, {string.Join(", ", axes.Zip(values, (axis, value) => $"{axis}={value}"))}, seed {cell.GetProperty("seed").GetUInt64()}: {reason}");
                }
            }
            results.Add(new(policy, values, CostStamp.Read(row), repetitions));
        }
        return new(
            folder, manifest, text,
            ResultTable.Of(axes, manifest.GetProperty("baseline").GetString()!, results),
            [.. results.Select(row => row.Repetitions.OfType<CellResult>().Select(result => result.Detail).ToArray())],
            missing);
    }
}
