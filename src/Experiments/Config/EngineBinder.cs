using Cortex.Serving.Dialects;
using Cortex.Serving.Dialects.Vllm;

namespace Cortex.Experiments.Config;

/// <summary>Reads <c>cluster.engines</c>.</summary>
internal static class EngineBinder
{
    // Far above what any GPU holds, and still in the memory of the machine that simulates it.
    private const int MostBlocks = 1 << 24;

    private const string Vllm = "vllm-v1";

    /// <summary>Settings that vLLM has not always had, with the release that brought each (docs/dialects/vllm-v1.md), and what says that they are off.</summary>
    private static readonly (string Key, Version Since, Func<MapReader, string, bool> IsOff)[] Settings =
    [
        ("max_num_active_seqs", VllmReleases.FairCap, (reader, text) => text == "auto" || text == reader.Scalar("max_num_seqs")?.Text),
        ("long_prefill_token_threshold_adaptive", VllmReleases.FairCap, (_, text) => text == "false"),
        ("watermark", VllmReleases.Watermark, (_, text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) == 0),
        ("scheduler_reserve_full_isl", VllmReleases.ReserveFullIsl, (_, text) => text == "false"),
    ];

    /// <summary>One engine with default settings if the section is absent.</summary>
    /// <exception cref="InputException">An unknown key, a value out of its range, or two groups of one name.</exception>
    public static IReadOnlyList<EngineGroup> Bind(MapReader cluster)
    {
        var groups = new List<EngineGroup>();
        switch (cluster.Node("engines"))
        {
            case null:
                groups.Add(Group(new ConfigMap(cluster.Mark, []), 0));
                break;
            case ConfigList { Items.Count: > 0 } list:
                foreach (ConfigNode item in list.Items)
                {
                    groups.Add(Group(item as ConfigMap ?? throw NotAList(item.Mark), groups.Count));
                }
                break;
            case { } other:
                throw NotAList(other.Mark);
        }
        foreach (EngineGroup group in groups)
        {
            if (groups.First(other => other.Name == group.Name) != group)
            {
                throw new InputException(group.Mark, $"cluster.engines: a second entry '{group.Name}'; allowed: each name once");
            }
        }
        return groups;
    }

    private static EngineGroup Group(ConfigMap map, int index)
    {
        var reader = new MapReader(map, "cluster.engines");
        string engine = reader.Choice("engine", EngineKinds.All, EngineKinds.Paced);
        bool cpu = engine == EngineKinds.Cpu;
        foreach (string key in (ReadOnlySpan<string>)(cpu ? ["gpu", "tp", "gpu_memory_utilization"] : ["threads"]))
        {
            if (reader.Scalar(key) is { } stranger)
            {
                throw new InputException(stranger.Mark, $"cluster.engines: {key} does not go with engine: {engine}; allowed: with engine: {(cpu ? EngineKinds.Paced : EngineKinds.Cpu)}");
            }
        }
        Version release = Release(reader);
        var group = new EngineGroup
        {
            Mark = map.Mark,
            Name = reader.Text("name", index == 0 ? "engine" : $"engine{index + 1}"),
            Count = (int)reader.Integer("count", 1, least: 1, most: ushort.MaxValue),
            Engine = engine,
            Threads = reader.IntegerOrAuto("threads", least: 1, most: 1024),
            Model = cpu ? CpuEngineSettings.Model(reader) : reader.Text("model", "llama-3-8b"),
            Gpu = reader.Text("gpu", "h100"),
            Tp = (int)reader.Integer("tp", 1, least: 1, most: 1024),
            Dialect = reader.Choice("dialect", DialectCatalog.Names, Vllm),
            Release = release,
            BlockSize = (int)reader.Integer("block_size", 16, least: 1),
            NumBlocks = reader.IntegerOrAuto("num_blocks", least: 2, most: MostBlocks),
            MaxNumBatchedTokens = reader.IntegerOrAuto("max_num_batched_tokens", least: 1),
            MaxNumSeqs = reader.IntegerOrAuto("max_num_seqs", least: 1),
            MaxNumActiveSeqs = reader.IntegerOrAuto("max_num_active_seqs", least: 1),
            MaxModelLen = reader.IntegerOrAuto("max_model_len", least: 2),
            GpuMemoryUtilization = Utilization(reader),
            EnablePrefixCaching = reader.Flag("enable_prefix_caching", true),
            AsyncScheduling = reader.Flag("async_scheduling", true),
            EnableChunkedPrefill = reader.Flag("enable_chunked_prefill", true),
            LongPrefillTokenThreshold = (int)reader.Integer("long_prefill_token_threshold", 0, least: 0),
            LongPrefillTokenThresholdAdaptive = reader.Flag("long_prefill_token_threshold_adaptive", false),
            SchedulerReserveFullIsl = reader.Flag("scheduler_reserve_full_isl", release >= VllmReleases.ReserveFullIsl),
            Watermark = reader.Number("watermark", 0, value => value is >= 0 and < 1, "a share of the blocks from 0 to below 1"),
        };
        reader.Finish();
        if (group.Dialect == Vllm)
        {
            RefuseWhatCameLater(reader, release);
        }
        return group;
    }

    /// <summary>A setting that the release does not have would be a setting without effect.</summary>
    private static void RefuseWhatCameLater(MapReader reader, Version release)
    {
        foreach ((string key, Version since, Func<MapReader, string, bool> isOff) in Settings)
        {
            if (release < since && reader.Scalar(key) is { } scalar && !isOff(reader, scalar.Text))
            {
                throw new InputException(scalar.Mark, $"{reader.Full(key)}: vLLM {release} does not have it; allowed: release {since} or later, or no such key");
            }
        }
    }

    private static double? Utilization(MapReader reader)
    {
        double share = reader.Number("gpu_memory_utilization", double.NaN, value => value is > 0 and <= 1, "a share above 0, at most 1");
        return double.IsNaN(share) ? null : share;
    }

    private static Version Release(MapReader reader)
    {
        if (reader.Scalar("release") is not { } scalar)
        {
            return new Version(0, 32);
        }
        return Version.TryParse(scalar.Text, out Version? release)
            ? release
            : throw reader.Wrong(scalar, "release", "a release number such as 0.32");
    }

    private static InputException NotAList(SourceMark mark) =>
        new(mark, "cluster.engines: allowed: a list with one mapping or more, such as - {name: sql, count: 4}");
}
