namespace Cortex.Experiments.Benchmarks;

/// <summary>The quickstart sweep as it stands (150 cells), started cold, from command to report.</summary>
internal sealed class QuickstartMeasurement : IMeasurement
{
    /// <summary>Seconds from the start of the process to its end.</summary>
    public const string Quickstart = "quickstart_s";

    public string Name => "quickstart";

    public string? Missing(BenchPlaces places) => SweepMeasurement.MissingFile(places);

    public SortedDictionary<string, double> Measure(BenchPlaces places, CancellationToken cancellation)
    {
        DirectoryInfo results = Directory.CreateTempSubdirectory("cortex-bench-");
        try
        {
            return new(StringComparer.Ordinal)
            {
                [Quickstart] = OwnProcess.Seconds(cancellation, "sweep", Path.Combine(places.Solution!, SweepMeasurement.File), "--results", results.FullName),
            };
        }
        finally
        {
            results.Delete(recursive: true);
        }
    }
}
