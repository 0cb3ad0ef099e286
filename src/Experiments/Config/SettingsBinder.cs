using System.Security.Cryptography;
using Cortex.CostModels;
using Cortex.Policies;
using Cortex.Policies.Registry;

namespace Cortex.Experiments.Config;

/// <summary>All settings of one point of the axes.</summary>
/// <param name="Policies">Every set of the experiment.</param>
public sealed record PointSettings(
    WorkloadSettings Workload,
    IReadOnlyList<ResolvedEngine> Engines,
    CostSettings Costs,
    IReadOnlyList<NamedPolicySet> Policies,
    SloSettings Slo,
    StatisticsSettings Statistics);

/// <summary>Settings that are the same at every point.</summary>
/// <param name="Name">Names the results folder; null: as the file.</param>
/// <param name="Baseline">Null: the first policy set.</param>
internal sealed record FixedSettings(ConfigScalar? Name, ConfigScalar? Baseline, ulong Seed, int Repeat, CapacitySettings Capacity);

/// <summary>Reads a tree, with one value a key, into typed settings.</summary>
internal sealed class SettingsBinder(PolicyRegistry registry)
{
    /// <summary>Bound on <c>repeat</c>.</summary>
    public const int MostRepetitions = 100_000;

    private static readonly string[] Loops = ["open", "closed"];
    private static readonly string[] ArrivalKinds = ["recorded", "poisson"];
    private static readonly string[] SnapshotKinds = ["none", "cold", "primed"];

    /// <exception cref="InputException">An unknown key or a value that cannot be used.</exception>
    public (PointSettings Point, FixedSettings Fixed) Bind(ConfigMap tree)
    {
        var root = new MapReader(tree, "");
        root.Allow("name", "workload", "cluster", "costs", "policies", "sweep", "baseline", "seed", "repeat", "slo", "statistics", "where", "assert", "capacity");
        var settled = new FixedSettings(
            root.Scalar("name"),
            root.Scalar("baseline"),
            (ulong)root.Integer("seed", 1, least: 0, most: long.MaxValue),
            (int)root.Integer("repeat", 1, least: 1, most: MostRepetitions),
            Capacity(root.Below("capacity")));
        WorkloadSettings workload = Workload(root.Below("workload"));
        MapReader cluster = root.Below("cluster");
        IReadOnlyList<EngineGroup> groups = EngineBinder.Bind(cluster);
        cluster.Finish();
        CostSettings costs = Costs(root.Below("costs"));
        IReadOnlyList<NamedPolicySet> sets = new PolicyBinder(registry).Bind(root.Map("policies"));
        SloSettings slo = Slo(root);
        StatisticsSettings statistics = Statistics(root.Below("statistics"));
        ResolvedEngine[] engines = [.. groups.Select(ResolvedEngine.Of)];
        foreach (ResolvedEngine engine in engines)
        {
            engine.StepCost(costs);
        }
        return (new PointSettings(workload, engines, costs, sets, slo, statistics), settled);
    }

    private static WorkloadSettings Workload(MapReader reader)
    {
        string? place = reader.Place("trace", "the path of a trace file");
        string players = reader.Choice("players", Loops, "");
        double load = reader.Number("load", 1, value => value > 0, "a number above 0");
        if (players == "closed" && (load != Math.Floor(load) || load > int.MaxValue))
        {
            throw reader.Wrong(reader.Scalar("load")!, "load", $"with players: closed, a whole number of users from 1 to {int.MaxValue}");
        }
        double from = reader.Share("snapshot_from", 0.25, share => share is >= 0 and < 1, "a share from 0% to below 100%");
        var settings = new WorkloadSettings
        {
            Trace = place ?? "",
            Load = load,
            Players = players switch { "open" => Config.Players.Open, "closed" => Config.Players.Closed, _ => null },
            Arrivals = reader.Choice("arrivals", ArrivalKinds, "recorded") == "poisson" ? Arrivals.Poisson : Arrivals.Recorded,
            MaxThink = reader.Time("max_think"),
            DeclareMax = reader.Flag("declare_max", false),
            Snapshot = (SnapshotKind)Array.IndexOf(SnapshotKinds, reader.Choice("snapshot", SnapshotKinds, SnapshotKinds[0])),
            SnapshotFrom = from,
            SnapshotTo = reader.Share("snapshot_to", Math.Max(from, 0.75), share => share >= from && share < 1, "a share from snapshot_from to below 100%"),
            Duration = reader.Time("duration"),
            Grace = reader.Time("grace") ?? WorkloadSettings.DefaultGrace,
            Reading = ReadingBinder.Bind(reader),
        };
        reader.Finish();
        if (reader.Scalar("trace") is not { } trace)
        {
            throw new InputException(reader.Mark, "workload.trace is missing; allowed: the path of a trace file");
        }
        string where = Directory.Exists(settings.Trace) ? $"'{trace.Text}' is a folder" : $"no file '{trace.Text}'";
        return File.Exists(settings.Trace) ? settings : throw new InputException(trace.Mark, $"workload.trace: {where}; allowed: the path of a trace file");
    }

    private static CostSettings Costs(MapReader reader)
    {
        string model = reader.Choice("model", CostModelFactory.Names, "roofline");
        Duration planning = reader.Time("planning_time") ?? Duration.Zero;
        return new CostSettings(model, CostModelFactory.FileOf(model) is { } allowed ? InFile(reader, allowed) : reader.Others(), planning, reader.Mark);
    }

    /// <summary>Where the file of step times is, and what it holds.</summary>
    private static SortedDictionary<string, string> InFile(MapReader reader, string allowed)
    {
        string path = reader.Place("file", allowed) ?? throw new InputException(reader.Mark, $"costs.file is missing; allowed: {allowed}");
        reader.Finish();
        return File.Exists(path)
            ? new() { ["file"] = path, [CostModelFactory.FileContent] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) }
            : throw new InputException(reader.Scalar("file")!.Mark, $"costs.file: no file '{path}'; allowed: {allowed}");
    }

    /// <summary>A preset alone (<c>slo: mlperf-llama2-70b</c>), or bounds, which win over those of a preset beside them.</summary>
    private static SloSettings Slo(MapReader root)
    {
        if (root.Node("slo") is ConfigScalar { IsEmpty: false })
        {
            return SloPresets.Find(root.Choice("slo", SloPresets.Names, ""));
        }
        MapReader reader = root.Below("slo");
        string preset = reader.Choice("preset", SloPresets.Names, "");
        SloSettings bounds = preset.Length > 0 ? SloPresets.Find(preset) : new SloSettings(null, null, null, null);
        var slo = new SloSettings(
            reader.Time("ttft") ?? bounds.Ttft, reader.Time("tpot") ?? bounds.Tpot, reader.Time("e2e") ?? bounds.E2e, reader.Time("workflow") ?? bounds.Workflow);
        reader.Finish();
        return slo;
    }

    private static CapacitySettings Capacity(MapReader reader)
    {
        string percentile = reader.Choice("percentile", CapacitySettings.Percentiles, "99");
        double tolerance = reader.Share("tolerance", 0.02, share => share is >= 0.001 and <= 1, "a share from 0.1% to 100%");
        reader.Finish();
        return new CapacitySettings(percentile, tolerance);
    }

    private static StatisticsSettings Statistics(MapReader reader)
    {
        ConfigScalar? warmup = reader.Scalar("warmup");
        WarmupRule rule = warmup is null ? new WarmupRule.None() : WarmupRule.Parse(warmup.Text) ?? throw reader.Wrong(warmup, "warmup", WarmupRule.Allowed);
        bool itl = reader.Flag("itl", false);
        reader.Finish();
        return new StatisticsSettings(rule, itl);
    }
}
