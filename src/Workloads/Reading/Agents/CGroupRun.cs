namespace Cortex.Workloads;

/// <summary>A tool call as a run's line has it; times from the start of the run.</summary>
internal sealed record CGroupTool(string Name, long StartNs, long EndNs, long DurationNs, int Result, bool Error, bool Background, bool SubAgent);

/// <summary>A model call as a run's line has it; times from the start of the run.</summary>
internal sealed class CGroupCall
{
    public int? HistoryParent;
    public bool Side;
    public string? Model;
    public string? Stop;
    public long ReadyNs;
    public long FirstEventNs;
    public long LastEventNs;
    public int Input = -1;
    public int? Cached;
    public int Logged = -1;
    public int Estimated = -1;
    public List<CGroupTool> Tools { get; } = [];

    /// <summary>Hosted models are logged at the start of their stream, so what they put out is estimated from the text.</summary>
    public int Output(string set) => set == "local-glm" ? Logged : Estimated;
}

/// <summary>A run's line.</summary>
internal sealed class CGroupRun
{
    public string Set { get; private set; } = "";
    public string Task { get; private set; } = "";
    public string Attempt { get; private set; } = "";
    public decimal? PeakCores { get; private set; }
    public int? PeakMemoryMb { get; private set; }
    public List<CGroupCall> Calls { get; } = [];

    public static CGroupRun Read(ref JsonCursor json)
    {
        CGroupRun run = new();
        json.BeginObject("the line");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "set": run.Set = json.ReadString("set"); break;
                case "task": run.Task = json.ReadString("task"); break;
                case "attempt": run.Attempt = json.ReadString("attempt"); break;
                case "sandbox": run.ReadSandbox(ref json); break;
                case "calls":
                    json.BeginList("calls");
                    while (json.NextElement())
                    {
                        run.Calls.Add(run.ReadCall(ref json));
                    }
                    break;
                default: json.Skip(); break;
            }
        }
        json.End();
        return run.Task.Length > 0 && run.Calls.Count > 0 ? run : throw json.Fault("task or calls is missing or empty", "a run with set, task, attempt, calls");
    }

    private void ReadSandbox(ref JsonCursor json)
    {
        json.BeginObject("sandbox");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "mem_mb_max": PeakMemoryMb = (int)decimal.Ceiling(json.ReadNumber("mem_mb_max", 0, 1_000_000_000)); break;
                case "cpu_pct_max": PeakCores = json.ReadNumber("cpu_pct_max", 0, 1_000_000) / 100; break;
                default: json.Skip(); break;
            }
        }
    }

    private CGroupCall ReadCall(ref JsonCursor json)
    {
        CGroupCall call = new();
        int index = -1;
        json.BeginObject("a call");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "i": index = json.ReadInt("i", least: 0); break;
                case "history_parent": call.HistoryParent = json.ReadIntOrNull("history_parent", least: 0); break;
                case "sidechain": call.Side = json.ReadBool("sidechain"); break;
                case "model": call.Model = json.ReadStringOrNull("model"); break;
                case "stop": call.Stop = json.ReadStringOrNull("stop"); break;
                case "t_ready_s": call.ReadyNs = json.ReadTime("t_ready_s", TimeText.Second); break;
                case "t_first_event_s": call.FirstEventNs = json.ReadTime("t_first_event_s", TimeText.Second); break;
                case "t_last_event_s": call.LastEventNs = json.ReadTime("t_last_event_s", TimeText.Second); break;
                case "input_tokens": call.Input = json.ReadInt("input_tokens", least: 0); break;
                case "cache_read_tokens": call.Cached = json.ReadIntOrNull("cache_read_tokens", least: 0); break;
                case "output_tokens_logged": call.Logged = json.ReadInt("output_tokens_logged", least: 0); break;
                case "output_tokens_estimated": call.Estimated = json.ReadInt("output_tokens_estimated", least: 0); break;
                case "tools":
                    json.BeginList("tools");
                    while (json.NextElement())
                    {
                        call.Tools.Add(ReadTool(ref json));
                    }
                    break;
                default: json.Skip(); break;
            }
        }
        if (index != Calls.Count || call.HistoryParent >= index)
        {
            throw json.Fault($"call i {index} with history_parent {call.HistoryParent?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}", $"i {Calls.Count}, and an earlier call");
        }
        return call.Input >= 0 && call.Output(Set) >= 0 ? call : throw json.Fault("a call lacks input_tokens or its output tokens", "input_tokens, output_tokens_logged, output_tokens_estimated");
    }

    private static CGroupTool ReadTool(ref JsonCursor json)
    {
        string? name = null;
        long start = -1, end = -1, duration = -1;
        int result = 0;
        bool error = false, background = false, subAgent = false;
        json.BeginObject("a tool");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "name": name = json.ReadString("name of a tool"); break;
                case "t_start_s": start = json.ReadTime("t_start_s", TimeText.Second); break;
                case "t_end_s": end = json.ReadTimeOrNull("t_end_s", TimeText.Second) ?? -1; break;
                case "duration_s": duration = json.ReadTimeOrNull("duration_s", TimeText.Second) ?? -1; break;
                case "result_tokens_est": result = json.ReadIntOrNull("result_tokens_est", least: 0) ?? 0; break;
                case "error": error = json.ReadBoolOrNull("error") ?? false; break;
                case "background": background = json.ReadBoolOrNull("background") ?? false; break;
                case "subagent": subAgent = json.ReadScalar("subagent") is not null; break;
                default: json.Skip(); break;
            }
        }
        if (name is null || start < 0 || (duration < 0 && end < start))
        {
            throw json.Fault("a tool lacks name, t_start_s or duration_s", "tools with name, t_start_s, t_end_s, duration_s");
        }
        duration = duration < 0 ? end - start : duration;
        return new(name, start, end < 0 ? checked(start + duration) : end, duration, result, error, background, subAgent);
    }
}
