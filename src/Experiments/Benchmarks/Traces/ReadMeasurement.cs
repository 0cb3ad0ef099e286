using System.IO.Compression;
using Cortex.Workloads;

namespace Cortex.Experiments.Benchmarks;

/// <summary>Reading a trace into memory from its unpacked bytes, several times in one process; the first time, which compiles, is left out.</summary>
/// <param name="name">Of the measurement.</param>
/// <param name="trace">A packed trace, relative to the folder of reference data.</param>
internal sealed class ReadMeasurement(string name, string trace) : IMeasurement
{
    /// <summary>10⁶ bytes a processor second (user + system, all threads).</summary>
    public const string MbPerCpuSecond = "mb_per_cpu_s";

    /// <summary>Unpacked bytes, in millions.</summary>
    public const string Mb = "mb";

    private const int Times = 10;

    public string Name => name;

    public string? Missing(BenchPlaces places)
    {
        string file = places.Data is { } folder ? Path.Combine(folder, trace) : trace;
        return File.Exists(file) ? null : file;
    }

    public SortedDictionary<string, double> Measure(BenchPlaces places, CancellationToken cancellation)
    {
        using MemoryStream unpacked = new();
        using (GZipStream text = new(File.OpenRead(Path.Combine(places.Data!, trace)), CompressionMode.Decompress))
        {
            text.CopyTo(unpacked);
        }
        byte[] bytes = unpacked.ToArray();
        TraceFile.Load(bytes, name);
        double before = ThisProcess.CpuSeconds;
        for (int i = 0; i < Times; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            TraceFile.Load(bytes, name);
        }
        double cpu = (ThisProcess.CpuSeconds - before) / Times;
        return new(StringComparer.Ordinal) { [MbPerCpuSecond] = bytes.Length / 1e6 / cpu, [Mb] = bytes.Length / 1e6 };
    }
}
