using System.Diagnostics;
using Cortex.Workloads;

namespace Cortex.Experiments.Benchmarks;

/// <summary>Writing a trace as agentflow as the first thing that a process does: <c>cortex trace import</c>, from the start of the process to the last byte.</summary>
internal sealed class ImportMeasurement(string name, string trace) : IMeasurement
{
    /// <summary>Seconds since the process was started, the start of the runtime included.</summary>
    public const string Whole = "whole_s";

    /// <summary>Processor seconds (user + system, all threads) of the same.</summary>
    public const string Cpu = "cpu_s";

    /// <summary>Of them, seconds before the trace was opened.</summary>
    public const string Start = "start_s";

    /// <summary>Seconds of the compiler.</summary>
    public const string Jit = "jit_s";

    /// <summary>Largest resident memory, in 10⁶ bytes.</summary>
    public const string PeakMb = "peak_mb";

    public string Name => name;

    public string? Missing(BenchPlaces places)
    {
        string file = places.Data is { } folder ? Path.Combine(folder, trace) : trace;
        return File.Exists(file) ? null : file;
    }

    public SortedDictionary<string, double> Measure(BenchPlaces places, CancellationToken cancellation)
    {
        double start = SinceStart();
        string output = Path.GetTempFileName();
        try
        {
            using (FileStream file = File.Create(output))
            using (TraceImport import = TraceImport.Open(Path.Combine(places.Data!, trace)))
            {
                TraceExport.Write(import.Header, WorkflowsAhead.Of(import.Workflows()), "agentflow", file);
            }
            return new(StringComparer.Ordinal)
            {
                [Whole] = SinceStart(), [Start] = start, [Cpu] = ThisProcess.CpuSeconds, [Jit] = ThisProcess.JitSeconds, [PeakMb] = ThisProcess.PeakMb,
            };
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static double SinceStart()
    {
        using Process self = Process.GetCurrentProcess();
        return (DateTime.Now - self.StartTime).TotalSeconds;
    }
}
