namespace Cortex.Experiments.Benchmarks;

/// <summary>The figures of <c>bench trace</c>.</summary>
internal static class TraceFigures
{
    private const string Weka = "traces/weka-claude-code/sessions_v8_local.jsonl.gz";
    private const string Mooncake = "traces/mooncake/conversation_trace.jsonl.gz";

    private const string AgenticMooncake = "peers/aisimulate/inputs/weka20.v2.jsonl.gz";

    public static IEnumerable<SpeedFigure> All()
    {
        yield return new("weka_v8_import_s", AtLeast: false, 0.3)
        {
            Unit = "s",
            Of = [new ImportMeasurement("weka_v8_import", Weka)],
            Value = of => of[0][ImportMeasurement.Whole],
        };
        yield return Reading("mooncake_mb_per_cpu_s", new ReadMeasurement("mooncake_read", Mooncake));
        yield return Reading("agentic_mooncake_mb_per_cpu_s", new ReadMeasurement("agentic_mooncake_read", AgenticMooncake));
    }

    private static SpeedFigure Reading(string name, ReadMeasurement read) => new(name, AtLeast: true, 100)
    {
        Unit = "MB/s",
        Of = [read],
        Value = of => of[0][ReadMeasurement.MbPerCpuSecond],
    };
}
