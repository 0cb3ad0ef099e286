using Cortex.Testing;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>The project's own small extract of the reference data: there on every clone.</summary>
public static class ProjectData
{
    public static string VidurRuns { get; } = PathOf("vidur/runs.json");

    /// <summary>Full path of a file of the extract.</summary>
    public static string PathOf(string name) => Path.Combine(Shared.Solution, "tests", "Cortex.Peers.Tests", "Data", name);

    /// <summary>The vLLM logs of the extract, a row each.</summary>
    public static TheoryData<string> VllmLogs()
    {
        string root = PathOf("vllm");
        return
        [
            .. Directory.EnumerateFiles(root, "*.jsonl.gz", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
    }
}
