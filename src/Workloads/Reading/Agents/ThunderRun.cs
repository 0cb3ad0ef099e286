namespace Cortex.Workloads;

/// <summary>A step of a run; times from the start of the run.</summary>
internal struct ThunderStep
{
    public long StartNs;
    public long DurationNs;
    public long PrefillNs;
    public long DecodeNs;
    public long ToolStartNs;

    /// <summary>The tool and the reading of its result; null if the step ended without.</summary>
    public long? ToolNs;

    /// <summary>0 if not counted.</summary>
    public int Input;
    public int Output;
    public int Retries;
    public string? Action;
}

/// <summary>A run's line.</summary>
internal sealed class ThunderRun
{
    public int Concurrency { get; private set; }

    public string Instance { get; private set; } = "";

    /// <summary>When the container was ready, from the start of the run.</summary>
    public long ReadyNs { get; private set; }

    public List<ThunderStep> Steps { get; } = [];

    public static ThunderRun Read(ref JsonCursor json)
    {
        ThunderRun run = new();
        json.BeginObject("the line");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "concurrency": run.Concurrency = json.ReadInt("concurrency", least: 1); break;
                case "instance": run.Instance = json.ReadString("instance"); break;
                case "env_prepare": run.ReadyNs = EndOf(ReadSpan(ref json, "env_prepare")); break;
                case "steps":
                    json.BeginList("steps");
                    while (json.NextElement())
                    {
                        run.Steps.Add(ReadStep(ref json));
                    }
                    break;
                default: json.Skip(); break;
            }
        }
        json.End();
        return run.Concurrency > 0 && run.Instance.Length > 0 && run.Steps.Count > 0
            ? run
            : throw json.Fault("concurrency, instance or steps is missing or empty", "a run with concurrency, instance, env_prepare, steps");
    }

    private static ThunderStep ReadStep(ref JsonCursor json)
    {
        ThunderStep step = new() { Output = -1 };
        long observeNs = 0;
        bool called = false;
        json.BeginObject("a step");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "llm":
                    (step.StartNs, step.DurationNs) = ReadSpan(ref json, "llm");
                    called = true;
                    break;
                case "tool":
                    (step.ToolStartNs, long toolNs) = ReadSpan(ref json, "tool");
                    step.ToolNs = toolNs;
                    break;
                case "observe": (_, observeNs) = ReadSpan(ref json, "observe"); break;
                case "input_tokens": step.Input = json.ReadInt("input_tokens", least: 1); break;
                case "output_tokens": step.Output = json.ReadInt("output_tokens", least: 0); break;
                case "prefill_s": step.PrefillNs = json.ReadTime("prefill_s", TimeText.Second); break;
                case "decode_s": step.DecodeNs = json.ReadTime("decode_s", TimeText.Second); break;
                case "action": step.Action = json.ReadStringOrNull("action"); break;
                case "retries":
                    json.BeginList("retries");
                    while (json.NextElement())
                    {
                        step.Retries++;
                        json.Skip();
                    }
                    break;
                default: json.Skip(); break;
            }
        }
        if (!called || (step.Input > 0 && step.Output < 0))
        {
            throw json.Fault($"{(called ? "output_tokens" : "llm")} is missing in a step", "steps with llm, input_tokens, output_tokens");
        }
        step.ToolNs = step.ToolNs is long ns ? checked(ns + observeNs) : null;
        return step;
    }

    private static (long StartNs, long DurationNs) ReadSpan(ref JsonCursor json, string what)
    {
        long start = -1, duration = -1;
        json.BeginObject(what);
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "start_s": start = json.ReadTime("start_s", TimeText.Second); break;
                case "dur_s": duration = json.ReadTime("dur_s", TimeText.Second); break;
                default: throw json.UnknownKey(what, "start_s", "dur_s");
            }
        }
        return start >= 0 && duration >= 0 ? (start, duration) : throw json.Fault($"{what} lacks start_s or dur_s", """{"start_s": …, "dur_s": …}""");
    }

    private static long EndOf((long StartNs, long DurationNs) span) => checked(span.StartNs + span.DurationNs);
}
