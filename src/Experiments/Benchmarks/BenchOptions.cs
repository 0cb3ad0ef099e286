namespace Cortex.Experiments.Benchmarks;

/// <summary>What <c>cortex bench</c> is asked to do.</summary>
public sealed record BenchOptions
{
    /// <summary>Folder of reference data; null: see <see cref="BenchPlaces.Find"/>.</summary>
    public string? Data { get; init; }

    /// <summary>Print one JSON object, the figures by name, and nothing else.</summary>
    public bool Json { get; init; }

    /// <summary>Names of the figures to measure; empty: all.</summary>
    public IReadOnlyList<string> Figures { get; init; } = [];

    /// <summary>Rounds, of which the medians are printed: each measures everything once.</summary>
    public int Repeat { get; init; } = 5;
}
