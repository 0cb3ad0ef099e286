namespace Cortex.Experiments.Config;

/// <summary>All settings of one point of the axes.</summary>
/// <param name="Policies">Every set of the experiment.</param>
public sealed record PointSettings(
    WorkloadSettings Workload,
    IReadOnlyList<EngineGroup> Engines,
    CostSettings Costs,
    IReadOnlyList<PolicySet> Policies,
    SloSettings Slo);

/// <summary>Settings that are the same at every point.</summary>
/// <param name="Name">Names the results folder; null: as the file.</param>
/// <param name="Baseline">Null: the first policy set.</param>
internal sealed record FixedSettings(ConfigScalar? Name, ConfigScalar? Baseline, ulong Seed, int Repeat);

/// <summary>Reads a tree, with one value a key, into typed settings.</summary>
internal sealed class SettingsBinder(PolicyCatalog policies, IReadOnlyList<CostModelEntry> costModels)
{
    private static readonly string[] Loops = ["open", "closed"];
    private static readonly string[] ArrivalKinds = ["recorded", "poisson"];

    /// <exception cref="InputException">An unknown key or a value that cannot be used.</exception>
    public (PointSettings Point, FixedSettings Fixed) Bind(ConfigMap tree)
    {
        var root = new MapReader(tree, "");
        var settled = new FixedSettings(
            root.Scalar("name"),
            root.Scalar("baseline"),
            (ulong)root.Integer("seed", 1, least: 0, most: long.MaxValue),
            (int)root.Integer("repeat", 1, least: 1, most: 100_000));
        WorkloadSettings workload = Workload(root.Below("workload"));
        MapReader cluster = root.Below("cluster");
        IReadOnlyList<EngineGroup> engines = EngineBinder.Bind(cluster);
        cluster.Finish();
        CostSettings costs = Costs(root.Below("costs"));
        IReadOnlyList<PolicySet> sets = PolicyBinder.Bind(root.Map("policies"), policies);
        SloSettings slo = Slo(root.Below("slo"));
        root.Finish();
        return (new PointSettings(workload, engines, costs, sets, slo), settled);
    }

    private static WorkloadSettings Workload(MapReader reader)
    {
        ConfigScalar? trace = reader.Scalar("trace");
        string players = reader.Choice("players", Loops, "");
        double load = reader.Number("load", 1, value => value > 0, "a number above 0");
        if (players == "closed" && load != Math.Floor(load))
        {
            throw reader.Wrong(reader.Scalar("load")!, "load", "with players: closed, a whole number of users from 1");
        }
        var settings = new WorkloadSettings
        {
            Trace = trace is null ? "" : Path.GetFullPath(trace.Text, trace.Mark.Folder),
            Load = load,
            Players = players switch { "open" => Config.Players.Open, "closed" => Config.Players.Closed, _ => null },
            Arrivals = reader.Choice("arrivals", ArrivalKinds, "recorded") == "poisson" ? Arrivals.Poisson : Arrivals.Recorded,
            MaxThink = reader.Time("max_think"),
            DeclareMax = reader.Flag("declare_max", false),
        };
        reader.Finish();
        if (trace is null)
        {
            throw new InputException(reader.Mark, "workload.trace is missing; allowed: the path of a trace file");
        }
        return File.Exists(settings.Trace) ? settings : throw new InputException(trace.Mark, $"workload.trace: no file '{trace.Text}'");
    }

    private CostSettings Costs(MapReader reader)
    {
        string[] names = [.. costModels.Select(entry => entry.Name)];
        string model = reader.Choice("model", names, names[0]);
        var options = new List<CostOption>();
        foreach (string key in costModels.Single(entry => entry.Name == model).Options)
        {
            if (reader.Scalar(key) is { } value)
            {
                options.Add(new CostOption(key, value));
            }
        }
        reader.Finish();
        options.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        return new CostSettings(model, options, reader.Mark);
    }

    private static SloSettings Slo(MapReader reader)
    {
        var slo = new SloSettings(reader.Time("ttft"), reader.Time("tpot"), reader.Time("e2e"), reader.Time("workflow"));
        reader.Finish();
        return slo;
    }
}
