using System.Globalization;
using System.Text.Json;
using Cortex.Experiments.Config;
using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Serving;
using Cortex.Workloads;

namespace Cortex.Experiments.Cells;

/// <summary>A cell's settings as JSON, always the same bytes for the same settings: keys in a fixed order, no marks, no labels.</summary>
public static class CellJson
{
    /// <summary>Seed and settings.</summary>
    public static byte[] Bytes(ResolvedCell cell)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("seed", cell.Seed);
            json.WritePropertyName("settings");
            WriteSettings(json, cell);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    /// <summary>All but the seed. The path of the trace is left out: its content counts, not its place.</summary>
    public static void WriteSettings(Utf8JsonWriter json, ResolvedCell cell)
    {
        json.WriteStartObject();
        if (cell.IsMeasured)
        {
            json.WriteBoolean("measured", true);
            json.WriteNumber("take", cell.Take);
        }
        json.WriteStartObject("workload");
        json.WriteNumber("load", cell.Workload.Load);
        json.WriteString("players", cell.Workload.Players switch { Players.Open => "open", Players.Closed => "closed", _ => "as the trace says" });
        json.WriteString("arrivals", cell.Workload.Arrivals == Arrivals.Poisson ? "poisson" : "recorded");
        WriteTime(json, "max_think", cell.Workload.MaxThink);
        json.WriteBoolean("declare_max", cell.Workload.DeclareMax);
        WriteWindow(json, cell.Workload);
        WriteReading(json, cell.Workload.Reading);
        json.WriteEndObject();
        json.WriteStartArray("engines");
        foreach (ResolvedEngine engine in cell.Engines)
        {
            Write(json, engine, cell.IsMeasured);
        }
        json.WriteEndArray();
        json.WriteStartObject("costs");
        json.WriteString("model", cell.Costs.Model);
        WriteTime(json, "planning_time", cell.Costs.PlanningTime);
        // A file counts by its content, not by its place.
        WriteOptions(json, cell.Costs.Options.OrderBy(option => option.Key, StringComparer.Ordinal).Where(option => option.Key != "file"));
        json.WriteEndObject();
        json.WriteStartObject("policies");
        foreach (ResolvedPolicy policy in cell.Policies.Resolved)
        {
            Write(json, policy);
        }
        json.WriteEndObject();
        json.WriteStartObject("slo");
        WriteTime(json, "ttft", cell.Slo.Ttft);
        WriteTime(json, "tpot", cell.Slo.Tpot);
        WriteTime(json, "e2e", cell.Slo.E2e);
        WriteTime(json, "workflow", cell.Slo.Workflow);
        json.WriteEndObject();
        json.WriteStartObject("statistics");
        json.WriteString("warmup", cell.Statistics.Warmup.ToString());
        json.WriteBoolean("itl", cell.Statistics.Itl);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteWindow(Utf8JsonWriter json, WorkloadSettings workload)
    {
        json.WriteString("snapshot", workload.Snapshot switch { SnapshotKind.Cold => "cold", SnapshotKind.Primed => "primed", _ => "none" });
        json.WriteNumber("snapshot_from", workload.SnapshotFrom);
        json.WriteNumber("snapshot_to", workload.SnapshotTo);
        WriteTime(json, "duration", workload.Duration);
        WriteTime(json, "grace", workload.Grace);
    }

    private static void WriteReading(Utf8JsonWriter json, TraceReadingOptions reading)
    {
        json.WriteString("starts", ReadingBinder.NameOf(reading.Starts));
        json.WriteBoolean("share_opening", reading.ShareOpening);
        json.WriteBoolean("spread", reading.SpreadTicks);
        json.WriteString("turns", ReadingBinder.NameOf(reading.Turns));
        json.WriteBoolean("global_ids", reading.GlobalHashIds);
    }

    private static void Write(Utf8JsonWriter json, ResolvedEngine engine, bool isMeasured)
    {
        EngineSettings settings = engine.Settings;
        json.WriteStartObject();
        json.WriteString("name", settings.Name);
        json.WriteNumber("count", engine.Written.Count);
        json.WriteString("model", engine.Model.Name);
        if (engine.Gpu is { } gpu)
        {
            json.WriteString("gpu", gpu.Name);
            json.WriteNumber("tp", engine.Written.Tp);
        }
        else
        {
            json.WriteString("engine", engine.Written.Engine);
            json.WriteNumber("parameters", engine.Model.Parameters);
            if (isMeasured)
            {
                json.WriteString("threads", engine.Written.Threads?.ToString(CultureInfo.InvariantCulture) ?? "auto");
            }
        }
        json.WriteString("dialect", settings.Dialect);
        json.WriteString("release", settings.Release.ToString());
        json.WriteNumber("block_size", settings.BlockSize);
        json.WriteNumber("num_blocks", settings.NumBlocks);
        json.WriteNumber("max_num_batched_tokens", settings.MaxNumBatchedTokens);
        json.WriteNumber("max_num_seqs", settings.MaxNumSeqs);
        json.WriteNumber("max_num_active_seqs", settings.MaxNumActiveSeqs ?? settings.MaxNumSeqs);
        json.WriteNumber("max_model_len", settings.MaxModelLen);
        json.WriteBoolean("enable_prefix_caching", settings.EnablePrefixCaching);
        json.WriteBoolean("async_scheduling", settings.AsyncScheduling);
        json.WriteBoolean("enable_chunked_prefill", settings.EnableChunkedPrefill);
        json.WriteNumber("long_prefill_token_threshold", settings.LongPrefillTokenThreshold);
        json.WriteBoolean("long_prefill_token_threshold_adaptive", settings.LongPrefillTokenThresholdAdaptive);
        json.WriteBoolean("scheduler_reserve_full_isl", settings.SchedulerReserveFullIsl);
        json.WriteNumber("watermark", settings.Watermark);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ResolvedPolicy policy)
    {
        json.WriteStartObject(policy.Axis);
        json.WriteString("name", policy.Name);
        WriteOptions(json, policy.Options);
        json.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> options)
    {
        foreach ((string key, string value) in options)
        {
            json.WriteString(key, value);
        }
    }

    private static void WriteTime(Utf8JsonWriter json, string key, Duration? time)
    {
        if (time is { } duration)
        {
            json.WriteString(key, DurationText.Format(duration));
        }
        else
        {
            json.WriteNull(key);
        }
    }
}
