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

    /// <summary>Found by <c>cortex capacity</c>; null: this was no search for capacities. Then the table has a row for each load that was tried.</summary>
    public ResultTable? Capacities { get; private init; }

    /// <summary>Where the cells that a manifest names lie.</summary>
    /// <param name="manifest">Its root.</param>
    internal static CellStore Store(string folder, JsonElement manifest) =>
        manifest.TryGetProperty(Results.Manifest.CellsFolderKey, out JsonElement cells) ? new(System.IO.Path.Combine(folder, cells.GetString()!)) : Store(folder);

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
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new InputException($"{path}: is no manifest of this program: {FileFault.Of(fault)}; allowed: one that sweep or run wrote");
        }
    }

    private static ResultsFolder Read(string folder, int jobs, JsonElement manifest, string text)
    {
        JsonElement[] rows = [.. manifest.GetProperty("rows").EnumerateArray()];
        JsonElement[] cells = [.. rows.SelectMany(row => row.GetProperty("cells").EnumerateArray())];
        CellResult?[] found = new CellResult?[cells.Length];
        CellStore store = Store(folder, manifest);
        SideBySide.For(jobs, cells.Length, index => found[index] = store.TryRead(cells[index].GetProperty("key").GetString()!));
        // A search tries a load in some repetitions only; those of a sweep are all there.
        ulong[] seeds = [.. manifest.GetProperty("seeds").EnumerateArray().Select(seed => seed.GetUInt64())];
        int next = 0;
        string[] axes = rows.Length > 0 ? [.. rows[0].GetProperty("axes").EnumerateObject().Select(axis => axis.Name)] : [];
        var results = new List<RowResults>();
        var missing = new List<string>();
        foreach (JsonElement row in rows)
        {
            string policy = row.GetProperty("policy").GetString()!;
            string[] values = [.. row.GetProperty("axes").EnumerateObject().Select(axis => axis.Value.GetString()!)];
            CellResult?[] repetitions = new CellResult?[seeds.Length];
            foreach (JsonElement cell in row.GetProperty("cells").EnumerateArray())
            {
                CellResult? result = found[next++];
                repetitions[Array.IndexOf(seeds, cell.GetProperty("seed").GetUInt64())] = result;
                if (result is null)
                {
                    string reason = cell.TryGetProperty("failure", out JsonElement failure) ? $"failed: {failure.GetString()}" : "its file is not there, or damaged";
                    missing.Add($"{policy}, {string.Join(", ", axes.Zip(values, (axis, value) => $"{axis}={value}"))}, seed {cell.GetProperty("seed").GetUInt64()}: {reason}");
                }
            }
            results.Add(new(policy, values, CostStamp.Read(row), repetitions));
        }
        string baseline = manifest.GetProperty("baseline").GetString()!;
        return new(
            folder, manifest, text,
            ResultTable.Of(axes, baseline, results),
            [.. results.Select(row => row.Repetitions.OfType<CellResult>().Select(result => result.Detail).ToArray())],
            missing)
        {
            Capacities = manifest.TryGetProperty(Results.Manifest.CapacityKey, out JsonElement capacities)
                ? CapacityRow.Table([.. axes.Where(axis => axis != ExperimentLoader.LoadAxis)], baseline, [.. capacities.EnumerateArray().Select(Capacity)], store.TryRead)
                : null,
        };
    }

    private static CapacityRow Capacity(JsonElement row) => new(
        row.GetProperty("policy").GetString()!,
        [.. row.GetProperty("axes").EnumerateObject().Select(axis => axis.Value.GetString()!)],
        CostStamp.Read(row),
        [.. row.GetProperty("found").EnumerateArray().Select(found => new CapacityFound(
            found.GetProperty("seed").GetUInt64(),
            found.TryGetProperty("load", out JsonElement load) ? load.GetDouble() : null,
            found.TryGetProperty("key", out JsonElement key) ? key.GetString() : null))]);
}
