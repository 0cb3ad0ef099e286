using System.Collections.Concurrent;
using Cortex.Workloads;

namespace Cortex.Experiments.Cells;

/// <summary>Traces in memory: each is loaded once and shared by all cells, which only read it.</summary>
public sealed class WorkloadCache
{
    private readonly ConcurrentDictionary<string, Lazy<Workload>> workloads = new(StringComparer.Ordinal);

    /// <param name="path">Full path.</param>
    /// <exception cref="TraceException">The trace has a fault.</exception>
    public Workload Load(string path) => workloads.GetOrAdd(path, new Lazy<Workload>(() => TraceFile.Load(path))).Value;
}
