using System.Text.Json;
using Cortex.CostModels;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Policies.Registry;

namespace Cortex.Experiments.Explaining;

/// <summary>The settings of a stored cell, read as an experiment file would be: they use its words, with every default spelt out.</summary>
internal static class SettingsTree
{
    /// <param name="entry">The cell as it is written down.</param>
    /// <param name="trace">Full path of its trace.</param>
    /// <param name="origin">Where the settings stand, for messages.</param>
    /// <param name="registry">Knows the policies.</param>
    /// <exception cref="InputException">Settings that this program does not know.</exception>
    public static ResolvedCell Bind(StoredManifest.Entry entry, string trace, string origin, PolicyRegistry registry)
    {
        var mark = new SourceMark(origin, 0, 0, Path.GetDirectoryName(Path.GetFullPath(origin))!);
        using JsonDocument document = JsonDocument.Parse(entry.Settings);
        var settings = (ConfigMap)Node(document.RootElement, mark);
        if (settings.Find("measured") is not null)
        {
            throw new InputException($"{origin}: {entry.Name} was run live, and no two live runs are alike; allowed: its journal (cortex run --live --journal FILE), or a simulated cell");
        }
        var workload = (ConfigMap)settings.Find("workload")!;
        if (workload.Find("players") is ConfigScalar { Text: not ("open" or "closed") })
        {
            workload = workload.Without("players");
        }
        ConfigMap tree = settings
            .Without("engines")
            .With(new(mark, "costs", ((ConfigMap)settings.Find("costs")!).Without(CostModelFactory.FileContent)))
            .With(new(mark, "workload", workload.With(new(mark, "trace", new ConfigScalar(mark, trace, Quoted: true)))))
            .With(new(mark, "cluster", new ConfigMap(mark, [new(mark, "engines", Engines(settings, mark))])))
            .With(new(mark, "policies", new ConfigMap(mark, [new(mark, entry.Policy, settings.Find("policies")!)])));
        foreach ((string key, string path) in entry.Files)
        {
            tree = ConfigPath.Set(tree, key, mark, new ConfigScalar(mark, path, Quoted: true));
        }
        (PointSettings point, _) = new SettingsBinder(registry).Bind(tree);
        return new ResolvedCell(
            point.Policies[0], [.. entry.Axes.Select(axis => axis.Value)], entry.Repetition - 1, entry.Seed,
            point.Workload, point.Engines, point.Costs, point.Slo, point.Statistics);
    }

    /// <summary>As they were written: the number of a model's parameters follows from the model.</summary>
    private static ConfigList Engines(ConfigMap settings, SourceMark mark) =>
        new(mark, [.. ((ConfigList)settings.Find("engines")!).Items.Cast<ConfigMap>().Select(engine => engine.Without("parameters"))]);

    private static ConfigNode Node(JsonElement element, SourceMark mark) => element.ValueKind switch
    {
        JsonValueKind.Object => new ConfigMap(mark, [.. element.EnumerateObject().Select(member => new ConfigEntry(mark, member.Name, Node(member.Value, mark)))]),
        JsonValueKind.Array => new ConfigList(mark, [.. element.EnumerateArray().Select(item => Node(item, mark))]),
        JsonValueKind.String => new ConfigScalar(mark, element.GetString()!),
        JsonValueKind.Null => new ConfigScalar(mark, ""),
        _ => new ConfigScalar(mark, element.GetRawText()),
    };
}
