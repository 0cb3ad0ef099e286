using System.Collections.Concurrent;
using Cortex.Experiments.Config;
using Cortex.Workloads;

namespace Cortex.Experiments.Simulating;

/// <summary>Traces in memory: each is read once for each way of reading it, whatever the number of cells and threads.</summary>
internal sealed class TraceCache
{
    private readonly ConcurrentDictionary<(string Path, TraceReadingOptions Reading), Lazy<LoadedTrace>> traces = new();

    /// <exception cref="TraceException">The trace has a fault, or its format does not have a choice that was made.</exception>
    public LoadedTrace Read(WorkloadSettings workload) =>
        traces.GetOrAdd((workload.Trace, workload.Reading), key => new Lazy<LoadedTrace>(() => LoadedTrace.Read(key.Path, key.Reading))).Value;
}
