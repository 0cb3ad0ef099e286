using System.IO.Compression;
using System.Text;

namespace Cortex.Workloads.Tests;

/// <summary>Where the tests take their traces from.</summary>
internal static class Traces
{
    /// <summary>Names of the extracts in the test data.</summary>
    public static readonly string[] Extracts =
    [
        "mooncake.jsonl", "azure.csv", "weka-v8.jsonl", "weka-v6.jsonl", "agentic.jsonl", "agentic-v1.jsonl", "requests.csv", "mooncake-sessions.jsonl", "bailian.jsonl",
        "burstgpt.csv", "vidur.csv", "thunderagent.jsonl", "agentcgroup.jsonl", "hexgen.jsonl", "llmservingsim.jsonl", "agentflow.jsonl",
    ];

    public const string AgentflowHeader = """{"format":"agentflow","version":1,"replay":"open","streams":{"g:sys":{"tokens":500}}}""";

    public static string PathOf(string extract) => Path.Combine(AppContext.BaseDirectory, "Data", extract);

    public static byte[] Bytes(string extract) => File.ReadAllBytes(PathOf(extract));

    public static Workload Load(string extract) => TraceFile.Load(PathOf(extract));

    /// <summary>A trace from lines of text.</summary>
    public static Workload Parse(params string[] lines) => TraceFile.Load(Encoding.UTF8.GetBytes(string.Join('\n', lines)), "test");

    /// <summary>An agentflow trace of workflows, each given by the list of its nodes.</summary>
    public static Workload Agentflow(params string[] nodes) =>
        Parse([AgentflowHeader, .. nodes.Select((list, i) => $$"""{"id":"w{{i}}","arrival":{{i * 1000}},"nodes":[{{list}}]}""")]);

    public static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    public static byte[] Gzipped(byte[] plain)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }
        return packed.ToArray();
    }
}
