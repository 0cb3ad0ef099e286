using System.Collections.Concurrent;

namespace Cortex.Experiments.Simulating;

/// <summary>Traces in memory: each is read once, whatever the number of cells and threads.</summary>
internal sealed class TraceCache
{
    private readonly ConcurrentDictionary<string, Lazy<LoadedTrace>> traces = new(StringComparer.Ordinal);

    /// <param name="path">Full path.</param>
    /// <exception cref="Workloads.TraceException">The trace has a fault.</exception>
    public LoadedTrace Read(string path) => traces.GetOrAdd(path, _ => new Lazy<LoadedTrace>(() => LoadedTrace.Read(path))).Value;
}
