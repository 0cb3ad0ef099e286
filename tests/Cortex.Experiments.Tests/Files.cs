namespace Cortex.Experiments.Tests;

/// <summary>Experiment files that the tests start from.</summary>
internal static class Files
{
    public const string Small = """
        workload:
          trace: trace.jsonl
          load: 1
        cluster:
          engines:
            - {name: sql, count: 2, num_blocks: 1000}
        policies:
          baseline: {}
          aware: {routing: prefix-aware}
          short: {scheduling: shortest-first}
        sweep: {workload.load: [1, 4, 8]}
        seed: 7
        repeat: 3
        slo: {ttft: 2s, tpot: 100ms}

        """;

    /// <summary>Writes the small experiment with its trace; its path.</summary>
    public static string WriteSmall(TemporaryFolder folder)
    {
        folder.Write("trace.jsonl", "{}\n");
        return folder.Write("small.yaml", Small);
    }
}
