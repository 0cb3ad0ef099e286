using System.Diagnostics;
using Cortex.Experiments.Simulating;
using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Serving;
using Cortex.Sim;
using Cortex.Workloads;

namespace Cortex.Experiments.Benchmarks;

/// <summary>
/// Time and memory of one run: cold, as the first thing that a fresh process does after reading the trace, and then warm. Metrics are
/// collected, summed up and audited, and no journal and no <c>calls.csv</c> are written.
/// </summary>
internal sealed class RunMeasurement(SpeedRun run) : IMeasurement
{
    /// <summary>Calls that ended.</summary>
    public const string Requests = "requests";

    /// <summary>Processor seconds before the trace was read: the start of the runtime and of the command.</summary>
    public const string StartCpu = "start_cpu_s";

    /// <summary>Seconds from the file's bytes to the workload in memory.</summary>
    public const string Parse = "parse_s";

    /// <summary>Seconds of the first run, compilation of the simulator included.</summary>
    public const string Cold = "cold_s";

    /// <summary>Processor seconds (user + system, all threads) of the first run.</summary>
    public const string ColdCpu = "cold_cpu_s";

    /// <summary>Processor seconds (user + system, all threads) of the process up to the end of the first run, reading the trace left out.</summary>
    public const string Cpu = "cpu_s";

    /// <summary>Seconds of the compiler during the first run, part of it.</summary>
    public const string ColdJit = "cold_jit_s";

    /// <summary>Seconds of a run after the first.</summary>
    public const string Warm = "warm_s";

    /// <summary>Processor seconds of such a run.</summary>
    public const string WarmCpu = "warm_cpu_s";

    /// <summary>Largest resident memory of the process up to the end of the first run, reading included, in 10⁶ bytes.</summary>
    public const string PeakMb = "peak_mb";

    private const int WarmRuns = 2;

    // Made once in a program, whatever it runs.
    private readonly Lazy<PolicyRegistry> registry = new(() => new());

    public string Name => run.Name;

    public string? Missing(BenchPlaces places)
    {
        string file = places.Data is { } folder ? Path.Combine(folder, run.Trace) : run.Trace;
        return File.Exists(file) ? null : file;
    }

    public SortedDictionary<string, double> Measure(BenchPlaces places, CancellationToken cancellation)
    {
        if (run.OneCore)
        {
            ThisProcess.KeepToOneCore();
        }
        _ = registry.Value;
        double start = ThisProcess.CpuSeconds;
        Workload trace = Read(Path.Combine(places.Data!, run.Trace), out double parse);
        double parsed = ThisProcess.CpuSeconds;
        double compiled = ThisProcess.JitSeconds;
        long requests = Play(trace, cancellation, out double cold);
        double jit = ThisProcess.JitSeconds - compiled;
        double ended = ThisProcess.CpuSeconds;
        double peak = ThisProcess.PeakMb;
        double warm = 0;
        for (int i = 0; i < WarmRuns; i++)
        {
            Play(trace, cancellation, out double wall);
            warm += wall / WarmRuns;
        }
        return new(StringComparer.Ordinal)
        {
            [Requests] = requests,
            [StartCpu] = start,
            [Parse] = parse,
            [Cold] = cold,
            [ColdCpu] = ended - parsed,
            [Cpu] = start + (ended - parsed),
            [ColdJit] = jit,
            [Warm] = warm,
            [WarmCpu] = (ThisProcess.CpuSeconds - ended) / WarmRuns,
            [PeakMb] = peak,
        };
    }

    private Workload Read(string path, out double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        // Files of a gzip member each may be put one behind the other.
        Workload trace = run.Copies == 1
            ? TraceFile.Load(path)
            : TraceFile.Load([.. Enumerable.Repeat(File.ReadAllBytes(path), run.Copies).SelectMany(copy => copy)], path);
        seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return trace;
    }

    private long Play(Workload trace, CancellationToken cancellation, out double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        PolicySet policies = registry.Value.Build(new Dictionary<string, PolicyRequest>
        {
            ["routing"] = new(run.Routing, new Dictionary<string, string>()),
        });
        var settings = new ServingSettings
        {
            Engines = [.. Enumerable.Repeat(run.Engine, run.EngineCount)],
            Stages = trace.Stages,
            CallStages = trace.CallStages,
        };
        var player = new TracePlayer(trace, run.Player);
        var metrics = new MetricsCollector(causes: new PlayerCauses(player));
        var simulation = new Simulation(
            settings, policies, player, [.. Enumerable.Repeat(run.Cost(), run.EngineCount)], metrics);
        Instant end = simulation.Run(cancellation);
        RunCounts counts = metrics.Summarise(end, default).Totals;
        seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return counts.Finished + counts.Refused + counts.Cancelled + counts.Failed + counts.Unfinished;
    }
}
