using System.Runtime.InteropServices;

namespace Cortex.Experiments.Results;

/// <summary>Where a result was computed: for the reader of <c>manifest.json</c>, never part of a number.</summary>
public static class Machine
{
    /// <summary>The processor's own name where the system tells it, else its architecture.</summary>
    public static string Processor { get; } = FindProcessor();

    private static string FindProcessor()
    {
        const string cpuInfo = "/proc/cpuinfo";
        if (File.Exists(cpuInfo))
        {
            string? line = File.ReadLines(cpuInfo).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal));
            if (line is not null)
            {
                return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            }
        }
        return RuntimeInformation.ProcessArchitecture.ToString();
    }
}
