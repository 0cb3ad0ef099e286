using System.Collections.Concurrent;
using Cortex.Experiments.Config;
using Cortex.Workloads;

namespace Cortex.Experiments.Simulating;

/// <summary>Traces, each opened once for each way of reading it, whatever the number of cells and threads. Cells only read them.</summary>
internal sealed class TraceCache
{
    private readonly ConcurrentDictionary<(string Path, TraceReadingOptions Reading), Lazy<ITrace>> traces = new();

    /// <exception cref="TraceException">The trace has a fault, or its format does not have a choice that was made.</exception>
    public ITrace Read(WorkloadSettings workload) =>
        traces.GetOrAdd((workload.Trace, workload.Reading), key => new Lazy<ITrace>(() => TraceFile.Open(key.Path, key.Reading))).Value;
}
