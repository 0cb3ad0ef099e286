using System.Text.Json;
using Cortex.Experiments.Config;
using Cortex.Policies;

namespace Cortex.Experiments.Cells;

/// <summary>A cell's settings as JSON, always the same bytes for the same settings: keys in a fixed order, no marks, no labels.</summary>
internal static class CellJson
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
        json.WriteStartObject("workload");
        json.WriteNumber("load", cell.Workload.Load);
        json.WriteString("players", cell.Workload.Players switch { Players.Open => "open", Players.Closed => "closed", _ => "as the trace says" });
        json.WriteString("arrivals", cell.Workload.Arrivals == Arrivals.Poisson ? "poisson" : "recorded");
        WriteTime(json, "max_think", cell.Workload.MaxThink);
        json.WriteBoolean("declare_max", cell.Workload.DeclareMax);
        json.WriteEndObject();
        json.WriteStartArray("engines");
        foreach (EngineGroup engine in cell.Engines)
        {
            Write(json, engine);
        }
        json.WriteEndArray();
        json.WriteStartObject("costs");
        json.WriteString("model", cell.Costs.Model);
        foreach (CostOption option in cell.Costs.Options)
        {
            json.WriteString(option.Key, option.Value.Text);
        }
        json.WriteEndObject();
        json.WriteStartObject("policies");
        foreach (PolicyChoice choice in cell.Policies.Choices)
        {
            Write(json, choice);
        }
        json.WriteEndObject();
        json.WriteStartObject("slo");
        WriteTime(json, "ttft", cell.Slo.Ttft);
        WriteTime(json, "tpot", cell.Slo.Tpot);
        WriteTime(json, "e2e", cell.Slo.E2e);
        WriteTime(json, "workflow", cell.Slo.Workflow);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, EngineGroup engine)
    {
        json.WriteStartObject();
        json.WriteString("name", engine.Name);
        json.WriteNumber("count", engine.Count);
        json.WriteString("model", engine.Model);
        json.WriteString("gpu", engine.Gpu);
        json.WriteNumber("tp", engine.Tp);
        json.WriteString("dialect", engine.Dialect);
        json.WriteString("release", engine.Release.ToString());
        json.WriteNumber("block_size", engine.BlockSize);
        WriteOrAuto(json, "num_blocks", engine.NumBlocks);
        WriteOrAuto(json, "max_num_batched_tokens", engine.MaxNumBatchedTokens);
        WriteOrAuto(json, "max_num_seqs", engine.MaxNumSeqs);
        WriteOrAuto(json, "max_num_active_seqs", engine.MaxNumActiveSeqs);
        WriteOrAuto(json, "max_model_len", engine.MaxModelLen);
        WriteOrAuto(json, "gpu_memory_utilization", engine.GpuMemoryUtilization);
        json.WriteBoolean("enable_prefix_caching", engine.EnablePrefixCaching);
        json.WriteBoolean("async_scheduling", engine.AsyncScheduling);
        json.WriteBoolean("enable_chunked_prefill", engine.EnableChunkedPrefill);
        json.WriteNumber("long_prefill_token_threshold", engine.LongPrefillTokenThreshold);
        json.WriteBoolean("scheduler_reserve_full_isl", engine.SchedulerReserveFullIsl);
        json.WriteNumber("watermark", engine.Watermark);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PolicyChoice choice)
    {
        json.WriteStartObject(choice.Axis);
        json.WriteString("name", choice.Name);
        foreach (PolicyOption option in choice.Options)
        {
            json.WriteString(option.Key, option.Value.Text);
        }
        json.WriteEndObject();
    }

    private static void WriteOrAuto(Utf8JsonWriter json, string key, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(key, number);
        }
        else
        {
            json.WriteString(key, "auto");
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
