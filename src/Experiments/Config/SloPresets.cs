using Cortex.Policies;

namespace Cortex.Experiments.Config;

/// <summary>
/// Bounds on TTFT and TPOT under names that people know: those of MLPerf Inference for language models in the server and, with
/// <c>-interactive</c>, in the interactive scenario. MLPerf asks that 99 % of the requests meet them.
/// </summary>
/// <remarks>Source: MLCommons, <c>inference_policies/inference_rules.adoc</c>, table of latency constraints.</remarks>
public static class SloPresets
{
    private static readonly (string Name, int TtftMs, int TpotMs)[] All =
    [
        ("mlperf-llama3.1-8b", 2000, 100),
        ("mlperf-llama3.1-8b-interactive", 500, 30),
        ("mlperf-llama2-70b", 2000, 200),
        ("mlperf-llama2-70b-interactive", 450, 40),
        ("mlperf-llama3.1-405b", 6000, 175),
        ("mlperf-llama3.1-405b-interactive", 4500, 80),
        ("mlperf-deepseek-r1", 2000, 80),
        ("mlperf-deepseek-r1-interactive", 1500, 15),
        ("mlperf-gpt-oss-120b", 3000, 80),
        ("mlperf-gpt-oss-120b-interactive", 2000, 20),
    ];

    /// <summary>What <c>slo.preset</c> may be.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(preset => preset.Name)];

    /// <summary>Its bounds.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static SloSettings Find(string name)
    {
        (_, int ttft, int tpot) = All.Single(preset => preset.Name == name);
        return new SloSettings(Milliseconds(ttft), Milliseconds(tpot), null, null);
    }

    private static Duration Milliseconds(int milliseconds) => new(milliseconds * 1_000_000L);
}
