using Cortex.Experiments.Config;
using Cortex.Policies;
using Cortex.Policies.Registry;

namespace Cortex.Experiments.Explaining;

/// <summary>
/// How users name a cell: <c>FOLDER</c> (of one cell, as <c>cortex run</c> leaves it), <c>FOLDER:POLICY,axis=value,repetition=n</c> with what
/// leaves no choice left out, or <c>FOLDER/cells/KEY.json</c>, of whose key the beginning is enough.
/// </summary>
internal static class CellAddress
{
    public const string Allowed = "FOLDER, FOLDER:POLICY[,axis=value …][,repetition=n] or FOLDER/cells/KEY[.json], of a folder with a manifest.json; or a file of cortex run --journal";

    /// <exception cref="InputException">No such cell, or more than one; or it cannot be run by this program.</exception>
    public static StoredCell Find(string text, PolicyRegistry registry)
    {
        string full = text.TrimEnd('/', Path.DirectorySeparatorChar);
        if (Path.GetFileName(Path.GetDirectoryName(full)) == "cells")
        {
            string key = Path.GetFileNameWithoutExtension(full);
            StoredManifest keys = StoredManifest.Read(Path.GetDirectoryName(Path.GetDirectoryName(full))!);
            return Resolve(keys, Only(text, [.. keys.Cells.Where(cell => cell.Key.StartsWith(key, StringComparison.Ordinal))]), registry);
        }
        int colon = Directory.Exists(full) ? -1 : full.LastIndexOf(':');
        StoredManifest manifest = StoredManifest.Read(colon < 0 ? full : full[..colon]);
        IEnumerable<StoredManifest.Entry> cells = manifest.Cells;
        foreach (string part in colon < 0 ? [] : full[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries))
        {
            cells = [.. cells.Where(Matching(part, manifest))];
        }
        return Resolve(manifest, Only(text, [.. cells]), registry);
    }

    private static Func<StoredManifest.Entry, bool> Matching(string part, StoredManifest manifest)
    {
        int equals = part.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            string[] policies = [.. manifest.Cells.Select(cell => cell.Policy).Distinct()];
            return policies.Contains(part) ? cell => cell.Policy == part : throw new InputException(NearestName.Unknown("policy set", part, policies));
        }
        (string key, string value) = (part[..equals].TrimEnd(), part[(equals + 1)..].TrimStart());
        if (key == "repetition")
        {
            return cell => cell.Repetition.ToString(System.Globalization.CultureInfo.InvariantCulture) == value;
        }
        string[] axes = [.. manifest.Cells.SelectMany(cell => cell.Axes.Select(axis => axis.Key)).Distinct()];
        if (!axes.Contains(key))
        {
            throw new InputException(NearestName.Unknown("axis", key, [.. axes, "repetition"]));
        }
        return cell => cell.Axes.Any(axis => axis.Key == key && axis.Value == value);
    }

    private static StoredManifest.Entry Only(string text, IReadOnlyList<StoredManifest.Entry> cells) => cells.Count switch
    {
        1 => cells[0],
        0 => throw new InputException($"'{text}' names no cell; allowed: {Allowed}"),
        _ => throw new InputException(
            $"'{text}' names {cells.Count} cells, such as '{Text(cells[0])}' and '{Text(cells[^1])}'; allowed: {Allowed}"),
    };

    private static string Text(StoredManifest.Entry cell) =>
        string.Join(',', [cell.Policy, .. cell.Axes.Select(axis => $"{axis.Key}={axis.Value}"), $"repetition={cell.Repetition}"]);

    private static StoredCell Resolve(StoredManifest manifest, StoredManifest.Entry entry, PolicyRegistry registry) =>
        new(SettingsTree.Bind(entry, TraceOf(manifest, entry), manifest.Path, registry), entry.Name, entry.Fingerprint);

    /// <summary>A sweep over traces says by its axis which of them a cell played.</summary>
    private static string TraceOf(StoredManifest manifest, StoredManifest.Entry entry)
    {
        string? axis = entry.Axes.FirstOrDefault(axis => axis.Key == "workload.trace").Value;
        string[] traces = [.. manifest.Traces.Where(trace => axis is null || Path.GetFileName(trace) == Path.GetFileName(axis))];
        return traces.Length == 1
            ? traces[0]
            : throw new InputException($"{manifest.Path}: {traces.Length} traces could be that of {entry.Name}; allowed: results of one trace, or traces with names of their own");
    }
}
