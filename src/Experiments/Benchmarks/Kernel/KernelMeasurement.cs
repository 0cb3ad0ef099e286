using System.Globalization;

namespace Cortex.Experiments.Benchmarks;

/// <summary>
/// What a process costs: M/M/8 at load 0.9 with a process for each customer, in turns with an object for each customer whose methods the
/// callback calendar calls. Both draw the same numbers, and must find the same waits.
/// </summary>
internal sealed class KernelMeasurement : IMeasurement
{
    /// <summary>Processor nanoseconds a customer, with processes.</summary>
    public const string Process = "process_ns";

    /// <summary>Processor nanoseconds a customer, with callbacks.</summary>
    public const string Callback = "callback_ns";

    /// <summary>Bytes allocated for each event, once the model has grown to its size.</summary>
    public const string Bytes = "bytes_per_event";

    private const int Servers = 8;
    private const double Load = 0.9;
    private const int Customers = 1_000_000;
    private const int Burst = 2_000; // More than ever wait at that load.
    private const int WarmRounds = 3;
    private const int Rounds = 9;

    public string Name => "mm8";

    /// <summary>Compiled in tiers and by profile, as a user's own program is unless it asks otherwise, and the framework with it; the command itself is not (docs/decisions.md).</summary>
    public IReadOnlyDictionary<string, string> RuntimeSettings { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_ReadyToRun"] = "0", // Not ahead of time,
        ["DOTNET_TieredCompilation"] = "1",
        ["DOTNET_TC_QuickJit"] = "1", // but first quickly, to see what is worth it,
        ["DOTNET_TieredPGO"] = "1", // and then by that.
    };

    public string? Missing(BenchPlaces places) => null;

    public SortedDictionary<string, double> Measure(BenchPlaces places, CancellationToken cancellation)
    {
        var process = new double[Rounds];
        var callback = new double[Rounds];
        for (int round = -WarmRounds; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            int at = Math.Max(round, 0);
            ulong seed = (ulong)(round + WarmRounds + 1);
            process[at] = Nanoseconds(new ProcessQueue(Servers, Load, seed).Run, out long waited);
            callback[at] = Nanoseconds(new CallbackQueue(Servers, Load, seed).Run, out long expected);
            if (waited != expected)
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture, $"the models disagree with seed {seed}: waits of {waited} ns with processes, {expected} ns with callbacks"));
            }
        }
        return new(StringComparer.Ordinal) { [Process] = Median.Of(process), [Callback] = Median.Of(callback), [Bytes] = BytesPerEvent() };
    }

    private static double Nanoseconds(Func<int, long> run, out long waited)
    {
        double start = ThisProcess.CpuSeconds;
        waited = run(Customers);
        return (ThisProcess.CpuSeconds - start) * 1e9 / Customers;
    }

    private static double BytesPerEvent()
    {
        ProcessQueue queue = new(Servers, Load, seed: 1);
        queue.Grow(Burst);
        long events = queue.Events;
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        queue.Run(Customers);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / (queue.Events - events);
    }
}
