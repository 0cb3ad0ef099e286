using System.Collections.ObjectModel;

namespace Cortex.Experiments.Benchmarks;

/// <summary>Something that is measured in a process of its own.</summary>
internal interface IMeasurement
{
    /// <summary>Tells the process what to measure.</summary>
    string Name { get; }

    /// <summary>Environment variables for its process; by default none.</summary>
    IReadOnlyDictionary<string, string> RuntimeSettings => ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The file that must be there and is not; null if nothing is missing.</summary>
    string? Missing(BenchPlaces places);

    /// <summary>Measures once; numbers by name, see the constants of each measurement.</summary>
    SortedDictionary<string, double> Measure(BenchPlaces places, CancellationToken cancellation);
}
