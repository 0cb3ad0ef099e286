namespace Cortex.Experiments.Benchmarks;

/// <summary>A measurement to be taken in a process of its own.</summary>
/// <param name="Name">Tells <see cref="Bench.MeasureOnce"/> which.</param>
/// <param name="Data">Folder of reference data; null: the default, which that finds by itself.</param>
/// <param name="Environment">Variables that its process is given besides.</param>
public sealed record MeasurementApart(string Name, string? Data, IReadOnlyDictionary<string, string> Environment);
