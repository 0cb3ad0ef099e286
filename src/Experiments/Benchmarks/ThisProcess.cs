using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime;

namespace Cortex.Experiments.Benchmarks;

/// <summary>What the operating system says about this process.</summary>
internal static class ThisProcess
{
    private const double BytesPerMb = 1e6;

    /// <summary>Processor time so far, user and system, of all threads.</summary>
    public static double CpuSeconds => Environment.CpuUsage.TotalTime.TotalSeconds;

    /// <summary>Time that the compiler of the runtime has taken so far, on all threads.</summary>
    public static double JitSeconds => JitInfo.GetCompilationTime().TotalSeconds;

    /// <summary>Largest resident memory so far, in 10⁶ bytes.</summary>
    public static double PeakMb
    {
        get
        {
            const string Status = "/proc/self/status";
            const string Key = "VmHWM:";
            if (File.Exists(Status) && File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) is { } line)
            {
                string kibibytes = line[Key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
                return long.Parse(kibibytes, CultureInfo.InvariantCulture) * 1024 / BytesPerMb;
            }
            using Process self = Process.GetCurrentProcess();
            return self.PeakWorkingSet64 / BytesPerMb;
        }
    }

    /// <summary>
    /// Binds the main thread, which must be the caller, and every thread that it starts from now on, to the first processor that the process
    /// may use. Does nothing where the system has no such call.
    /// </summary>
    public static void KeepToOneCore()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            using Process self = Process.GetCurrentProcess();
            self.ProcessorAffinity = (nint)1 << BitOperations.TrailingZeroCount(self.ProcessorAffinity);
        }
    }
}
